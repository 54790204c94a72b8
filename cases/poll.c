// SPDX-License-Identifier: GPL-2.0
/*
 * Whether the descriptor is readable, in each way of asking.
 * Why: event loops trust that answer alone; a manager that isn't woken leaves its program stuck.
 */
#include <fcntl.h>
#include <poll.h>

#include "../common/ready.h"
#include "case.h"

#define PAGE 5
#define VALUE 0xa5

FIXTURE(asked)
{
	struct stage s;
	struct ready ready;
};

FIXTURE_VARIANT(asked)
{
	enum ready_how how;
	int blocking;		/* what is answered for a descriptor without O_NONBLOCK */
};

FIXTURE_VARIANT_ADD(asked, by_poll) { .how = READY_POLL, .blocking = POLLERR };
FIXTURE_VARIANT_ADD(asked, by_epoll) { .how = READY_EPOLL, .blocking = POLLERR };
/* An error makes readable, as select has it. */
FIXTURE_VARIANT_ADD(asked, by_select) { .how = READY_SELECT, .blocking = POLLIN };
FIXTURE_VARIANT_ADD(asked, by_uring) { .how = READY_URING, .blocking = POLLERR };

FIXTURE_SETUP(asked)
{
	CASE_AGENT(variant->how == READY_URING ? AGENT_URING_READ : AGENT_STORE);
	CASE_STAGE_PAGES(&self->s, SYNC, BASE_PAGES, 16);
	ASSERT_OK(ready_open(&self->ready, variant->how, self->s.uffd.fd));
}

FIXTURE_TEARDOWN(asked)
{
	ready_close(&self->ready);
	stage_clear(&self->s);
}

static bool expect_ready(const struct place *at, struct ready *r, int wanted, const char *when)
{
	int said = ready_now(r);

	if (said == wanted)
		return true;
	return check_charge(at, REQUIREMENT_NONE, wanted ? HANG : INTERFACE, "readiness to be 0x%x %s; it is 0x%x (%d)",
			   wanted, when, said, said);
}

TEST_F(asked, is_readable_exactly_while_an_event_is_pending)
{
	COVERS(EV_POLL);
	struct stage *s = &self->s;

	expect_ready(HERE, &self->ready, 0, "before there is an event");
	START(s, &s->writer, AGENT_STORE, PAGE, VALUE);
	EXPECT_BLOCKED(s, &s->writer);
	expect_ready(HERE, &self->ready, POLLIN, "while an event is pending");

	ASSERT_EVENT(s, PAGE);
	EXPECT_ASLEEP(s, &s->writer);
	expect_ready(HERE, &self->ready, 0, "once it is read");
}

TEST_F(asked, blocking_descriptor_answers_with_an_error)
{
	COVERS(EV_POLL);
	struct stage *s = &self->s;

	/* Who has asked already isn't told of the change. */
	ready_close(&self->ready);
	ASSERT_OK(fcntl(s->uffd.fd, F_SETFL, 0) ? -errno : 0);
	ASSERT_OK(ready_open(&self->ready, variant->how, s->uffd.fd));
	expect_ready(HERE, &self->ready, variant->blocking, "of a blocking descriptor");
}
