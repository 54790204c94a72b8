// SPDX-License-Identifier: GPL-2.0
/*
 * A child with its parent's descriptor: it serves the parent's memory, not its own.
 * Why: a manager that forks to serve, or to snapshot, must know whose pages its calls change.
 */
#include "../common/beside.h"
#include "case.h"
#include "variants.h"

#define PAGE 5
#define OTHER 9
#define VALUE 0xa5

FIXTURE(inherited)
{
	struct stage s;
};

FIXTURE_VARIANT(inherited)
{
	enum backing backing;
};

BACKING(inherited, hugezero, HUGE_ZERO);
BACKING(inherited, base, BASE_PAGES);

FIXTURE_SETUP(inherited)
{
	CASE_AGENT(AGENT_STORE);
	CASE_STAGE_PAGES(&self->s, SYNC, variant->backing, variant->backing == HUGE_ZERO ? pmd_pages() : 16);
}

FIXTURE_TEARDOWN(inherited)
{
	stage_clear(&self->s);
}

/* The child's part: takes the event, writes to its own copy of a page, which waits for nobody, and frees its parent's. */
static int serve(void *arg)
{
	struct stage *s = arg;
	struct uffd_msg msg;

	if (read(s->uffd.fd, &msg, sizeof(msg)) != sizeof(msg))
		return -errno;
	if (msg.arg.pagefault.address != (uintptr_t)stage_page(s, PAGE))
		return -ESTALE;
	__atomic_store_n(stage_page(s, OTHER), 1, __ATOMIC_RELAXED);
	return stage_unprotect(s, PAGE, PAGE + 1, 0);
}

TEST_F(inherited, descriptor_serves_the_memory_that_it_was_made_for)
{
	COVERS(LC_FORK, EV_ONE);
	struct stage *s = &self->s;

	START(s, &s->writer, AGENT_STORE, PAGE, VALUE);
	ASSERT_BLOCKED(s, &s->writer);
	ACT_BY(beside(false, serve, s));
	ASSERT_DONE(s, &s->writer);
	EXPECT_NO_EVENT(s);
	LOOK(s, &s->after);
	EXPECT_FREED(s, AGENT_STORE, PAGE);
	EXPECT_WRITTEN_ONLY(s, AGENT_STORE, PAGE, VALUE);
}
