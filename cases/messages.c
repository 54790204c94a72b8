// SPDX-License-Identifier: GPL-2.0
/*
 * The descriptor as a stream of events: what read(2) answers, whom an event names; and writers that a signal or a debugger hits.
 * Why: a manager that is told of the wrong kind of fault, or is told nothing, fills a page that was there or leaves a
 * program stuck.
 */
#include <signal.h>
#include <sys/syscall.h>

#include "../common/beside.h"
#include "heir_checks.h"
#include "variants.h"

#define PAGE 5
#define NEXT (PAGE + 1)
#define VALUE 0xa5

/* Messages that one read(2) of at most @bytes gives, or a negative errno. */
static int read_messages(const struct uffd *u, struct uffd_msg *msg, size_t bytes)
{
	ssize_t n = read(u->fd, msg, bytes);

	return n < 0 ? -errno : (int)(n / sizeof(*msg));
}

FIXTURE(stream)
{
	struct stage s;
};

FIXTURE_SETUP(stream)
{
	CASE_AGENT(AGENT_STORE);
	CASE_STAGE_PAGES(&self->s, SYNC, BASE_PAGES, 16);
}

FIXTURE_TEARDOWN(stream)
{
	stage_clear(&self->s);
}

TEST_F(stream, read_of_nothing_and_into_too_little_are_refused)
{
	COVERS(EV_POLL);
	struct uffd_msg msg[2];
	struct stage *s = &self->s;

	EXPECT_ERROR(read_messages(&s->uffd, msg, sizeof(msg)), -EAGAIN);
	EXPECT_ERROR(read_messages(&s->uffd, msg, sizeof(*msg) - 1), -EINVAL);
	START(s, &s->writer, AGENT_STORE, PAGE, VALUE);
	EXPECT_BLOCKED(s, &s->writer);
	EXPECT_ERROR(read_messages(&s->uffd, msg, sizeof(*msg) - 1), -EINVAL);
	EXPECT_EVENT(s, PAGE);
}

TEST_F(stream, one_read_takes_all_that_is_pending_in_order)
{
	COVERS(EV_ONE, EV_ALL_WAITERS, EV_POLL);
	struct uffd_msg msg[3];
	struct stage *s = &self->s;

	START(s, &s->writer, AGENT_STORE, NEXT, VALUE);
	EXPECT_BLOCKED(s, &s->writer);
	START(s, &s->second, AGENT_STORE, PAGE, VALUE);
	EXPECT_BLOCKED(s, &s->second);
	EXPECT_THAT(read_messages(&s->uffd, msg, sizeof(msg)) == 2, INTERFACE, "two messages by one read");
	OR_LEAVE(check_judge_event(HERE, &msg[0], stage_page(s, NEXT)));
	OR_LEAVE(check_judge_event(HERE, &msg[1], stage_page(s, PAGE)));
	EXPECT_NO_EVENT(s);
}

/* With a manager that reads at any time, some of the writers' events were read when the wake comes and some weren't. */
TEST_F(stream, unprotecting_wakes_a_writer_whose_event_was_never_read)
{
	COVERS(EV_ALL_WAITERS, EV_ONE);
	struct stage *s = &self->s;

	START(s, &s->writer, AGENT_STORE, PAGE, VALUE);
	EXPECT_BLOCKED(s, &s->writer);
	ASSERT_OK(stage_unprotect(s, PAGE, NEXT, 0));
	EXPECT_WOKEN(s, &s->writer);
	EXPECT_NO_EVENT(s);
}

FIXTURE(thread)
{
	struct stage s;
};

FIXTURE_VARIANT(thread)
{
	enum backing backing;
	uint64_t features;
};

FIXTURE_VARIANT_ADD(thread, asked_hugezero) { .backing = HUGE_ZERO, .features = UFFD_FEATURE_THREAD_ID };
FIXTURE_VARIANT_ADD(thread, asked_base) { .backing = BASE_PAGES, .features = UFFD_FEATURE_THREAD_ID };
FIXTURE_VARIANT_ADD(thread, not_asked_base) { .backing = BASE_PAGES };

FIXTURE_SETUP(thread)
{
	CASE_AGENT(AGENT_STORE);
	ARRANGE(stage_region(&self->s, variant->backing, variant->backing == HUGE_ZERO ? pmd_pages() : 16, &lack));
	ARRANGE(stage_register(&self->s, SYNC, variant->features, &lack));
	ASSERT_OK(stage_protect(&self->s, 0, self->s.region.pages));
}

FIXTURE_TEARDOWN(thread)
{
	stage_clear(&self->s);
}

TEST_F(thread, event_names_the_writer_where_it_was_asked_for)
{
	COVERS(EV_THREAD);
	struct stage *s = &self->s;
	struct uffd_msg msg;
	int named, wanted;

	START(s, &s->writer, AGENT_STORE, PAGE, VALUE);
	EXPECT_BLOCKED(s, &s->writer);
	OR_LEAVE(check_take(HERE, s, "for the writer", &msg));
	named = msg.arg.pagefault.feat.ptid;
	wanted = variant->features ? s->writer.tid : 0;
	EXPECT_THAT(named == wanted, INTERFACE, "thread %d in the event; it is %d", wanted, named);
}

static int interruptions;

static void count_interruption(int sig)
{
	(void)sig;
	__atomic_fetch_add(&interruptions, 1, __ATOMIC_RELAXED);
}

FIXTURE(signalled)
{
	struct stage s;
	struct stage heir;	/* the killed child's */
};

FIXTURE_VARIANT(signalled)
{
	enum backing backing;
};

BACKING(signalled, hugezero, HUGE_ZERO);
BACKING(signalled, base, BASE_PAGES);

FIXTURE_SETUP(signalled)
{
	self->heir.uffd.fd = -1;
	CASE_AGENT(AGENT_FORK_CHILD);
	ARRANGE(stage_region(&self->s, variant->backing, variant->backing == HUGE_ZERO ? pmd_pages() : 16, &lack));
	ARRANGE(stage_register(&self->s, SYNC, UFFD_FEATURE_EVENT_FORK, &lack));
	ASSERT_OK(stage_protect(&self->s, 0, self->s.region.pages));
	LOOK(&self->s, &self->s.before);
}

FIXTURE_TEARDOWN(signalled)
{
	stage_close(&self->heir);
	stage_clear(&self->s);
}

TEST_F(signalled, interrupted_writer_faults_again_and_is_seen_again)
{
	COVERS(EV_SIGNAL);
	struct sigaction count = { .sa_handler = count_interruption };
	struct stage *s = &self->s;

	sigaction(SIGUSR1, &count, NULL);
	START(s, &s->writer, AGENT_STORE, PAGE, VALUE);
	ASSERT_EVENT(s, PAGE);
	EXPECT_BLOCKED(s, &s->writer);
	ASSERT_OK(syscall(SYS_tgkill, getpid(), s->writer.tid, SIGUSR1) ? -errno : 0);

	ASSERT_EVENT(s, PAGE);
	EXPECT_BLOCKED(s, &s->writer);
	EXPECT_THAT(READ_ONCE(interruptions) == 1, INTERFACE, "the handler to have run once; it ran %d times",
		    READ_ONCE(interruptions));
	ASSERT_OK(stage_unprotect(s, PAGE, NEXT, 0));
	ASSERT_DONE(s, &s->writer);
	EXPECT_NO_EVENT(s);
	EXPECT_WRITTEN_ONLY(s, AGENT_STORE, PAGE, VALUE);
}

TEST_F(signalled, stopped_by_a_debugger_writer_faults_again_and_is_seen_again)
{
	COVERS(EV_SIGNAL);
	struct stage *s = &self->s;

	START(s, &s->writer, AGENT_STORE, PAGE, VALUE);
	ASSERT_EVENT(s, PAGE);
	EXPECT_BLOCKED(s, &s->writer);
	ACT_BY(beside_interrupt(s->writer.tid));

	ASSERT_EVENT(s, PAGE);
	EXPECT_BLOCKED(s, &s->writer);
	ASSERT_OK(stage_unprotect(s, PAGE, NEXT, 0));
	ASSERT_DONE(s, &s->writer);
	EXPECT_NO_EVENT(s);
	EXPECT_WRITTEN_ONLY(s, AGENT_STORE, PAGE, VALUE);
}

TEST_F(signalled, killed_writer_goes_away)
{
	COVERS(EV_SIGNAL);
	struct stage *s = &self->s;
	enum agent_state state;

	START(s, &s->writer, AGENT_FORK_CHILD, PAGE, VALUE);
	OR_LEAVE(inherit(HERE, s, &self->heir));
	ASSERT_EVENT(&self->heir, PAGE);
	EXPECT_BLOCKED(s, &s->writer);
	kill(s->writer.tid, SIGKILL);

	state = agent_join(&s->writer, CASE_DEADLINE_MS);
	EXPECT_THAT(state == AGENT_DONE && s->writer.error == -EINTR, HANG, "the killed writer to be gone; it is %s, %s",
		    check_state(state), strerror(-s->writer.error));
	LOOK(s, &s->after);
	EXPECT_SAME(s, &s->before, &s->after);
}

TEST_F(signalled, dead_writers_descriptor_says_that_its_memory_is_gone)
{
	COVERS(IF_ERRORS);
	struct stage *s = &self->s, *heir = &self->heir;

	START(s, &s->writer, AGENT_FORK_CHILD, PAGE, VALUE);
	OR_LEAVE(inherit(HERE, s, heir));
	ASSERT_EVENT(heir, PAGE);
	ASSERT_OK(stage_unprotect(heir, PAGE, NEXT, 0));
	ASSERT_DONE(s, &s->writer);

	EXPECT_ERROR(stage_protect(heir, 0, 1), -ESRCH);
	EXPECT_ERROR(stage_unprotect(heir, 0, 1, 0), -ESRCH);
	EXPECT_ERROR(uffd_zeropage(&heir->uffd, stage_page(s, 0), page_size(), 0, NULL), -ESRCH);
	EXPECT_ERROR(uffd_copy(&heir->uffd, stage_page(s, 0), stage_page(s, 1), page_size(), 0, NULL), -ESRCH);
	LOOK(s, &s->after);
	EXPECT_SAME(s, &s->before, &s->after);
}
