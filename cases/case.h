/* SPDX-License-Identifier: GPL-2.0 */
/*
 * case - what a case file is written with; the only place that knows the harness.
 *
 * A test arranges a stage (region, descriptor, pump, two views), acts once, and looks. A check that fails prints
 * the requirement, the class, the act, what was wanted, the pages before and after, and how to run just that test;
 * it is charged to the first requirement in the test's COVERS. EXPECT_* goes on, ASSERT_* leaves the function.
 */
#ifndef CASES_CASE_H
#define CASES_CASE_H

/*
 * kselftest.h would make standard output line buffered, which is a write (and in a guest two context switches) a line.
 * The harness flushes before each fork, so what a test needs to be out before it acts is out; see main().
 */
#include <stdio.h>
#define setvbuf(stream, buffer, mode, size) ((void)0)
#include "kselftest_harness.h"
#undef setvbuf

#include "../common/requirement.h"
#include "../common/settings.h"
#include "../common/stage.h"
#include "../uffd/compiler.h"
#include "../uffd/scan.h"

/* Deadlines only end a hang: generous for an emulated CPU under load, and below the harness's own. */
#define CASE_DEADLINE_MS settings_patience_ms()
#define CASE_TIMEOUT 200

/* Room for what the harness's macros share between a test and its runner. */
#define CASE_SHARED 65536

/*
 * The harness runs a test in a child of its child; the second fork is for a teardown in the parent, and no fixture has
 * one here. Where the harness's macros fork from here on, the child goes on itself, and exits with the test's result.
 * Anywhere else these don't compile: a case forks by common/process.h.
 */
#define fork() ((void)&self_private, case_enter(), 0)
#define _exit(status) case_leave(HERE, status)

/*
 * They also map a page that children share for each test, and another for each run of one: for every fork one more
 * mapping to copy. All fit into a few pages; those of a run come and go with its process.
 */
static void *case_share(size_t len)
{
	static char *next, *end;
	char *at;

	if (!next || (size_t)(end - next) < len) {
		next = mmap(NULL, CASE_SHARED, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
		if (next == MAP_FAILED)
			return next;
		end = next + CASE_SHARED;
	}
	at = next;
	next += (len + 63) / 64 * 64;
	return at;
}
#define mmap(addr, len, prot, flags, fd, offset)				\
	((void)sizeof(struct {							\
		_Static_assert((flags) == (MAP_SHARED | MAP_ANONYMOUS) && (len) <= CASE_SHARED, \
			       "a case maps by common/region.h");		\
		int unused;							\
	}), case_share(len))

#undef TEST
#define TEST(name) Use_TEST_F_the_house_has_one_shape
#undef TEST_F
#define TEST_F(fixture, name) __TEST_F_IMPL(fixture, name, -1, CASE_TIMEOUT)

/*
 * Begins a test's body: the requirements that it covers. Known before any test runs, so that a test that
 * skips, hangs or dies is still charged to the right one.
 */
#define COVERS(...)								\
	static const enum requirement covered_ids[] = { __VA_ARGS__, REQUIREMENT_NONE }; \
	static const struct covers covers_entry = { __func__, covered_ids };	\
	static const struct covers *const covers_link				\
		__used __section("covers") = &covers_entry

/* Where a check stands, for the violation that it may print. */
#define HERE (&(const struct place){ _metadata, __FILE__, __LINE__ })

#define CHARGE(charge_class, ...) check_charge(HERE, REQUIREMENT_NONE, charge_class, __VA_ARGS__)
#define CHARGE_TO(id, charge_class, ...) check_charge(HERE, id, charge_class, __VA_ARGS__)

/* Leaves the calling function when @good is false: the check has already said why. */
#define OR_LEAVE(good) do { if (!(good)) return; } while (0)

/*
 * Begins what takes long, a test's body behind COVERS or a fixture's set-up: left to full runs. What it covers must have a
 * quick test as well.
 */
#define FULL_ONLY() do {							\
	if (!settings_full())							\
		SKIP(return, "takes long: ./run.sh --full");			\
} while (0)

/* Arranging: a part that this machine can't give is a skip that says why. */
#define ARRANGE(call) do {							\
	struct lack lack = { 0 };						\
	int arranged = (call);							\
	if (lack.why[0])							\
		SKIP(return, "%s", lack.why);					\
	OR_LEAVE(check_ok(HERE, #call, arranged));				\
} while (0)

/* A region of @pmds PMDs, registered and armed whole, as @mode; looked at: s->before. */
#define CASE_STAGE(s, mode, backing, pmds) CASE_STAGE_PAGES(s, mode, backing, (pmds) * pmd_pages())
#define CASE_STAGE_PAGES(s, mode, backing, nr) do {				\
	CASE_REGISTERED_PAGES(s, mode, backing, nr);				\
	ASSERT_OK(stage_protect(s, 0, (s)->region.pages));			\
	LOOK(s, &(s)->before);							\
} while (0)

/* The same, registered and not armed, not looked at. */
#define CASE_REGISTERED(s, mode, backing, pmds)					\
	CASE_REGISTERED_PAGES(s, mode, backing, (pmds) * pmd_pages())
#define CASE_REGISTERED_PAGES(s, mode, backing, nr) do {			\
	ARRANGE(stage_region(s, backing, nr, &lack));				\
	ARRANGE(stage_register(s, mode, 0, &lack));				\
} while (0)

/* Skips unless this agent can act on this machine. */
#define CASE_AGENT(kind) ARRANGE(stage_agent(kind, &lack))

/* Looks: reads a view, remembers it for what a failure prints, and asks whether the witnesses agree. */
#define LOOK(s, v) OR_LEAVE(check_look(HERE, s, v, view_read))
/* The same, and what smaps says of the region: v->smaps. */
#define LOOK_AT_BOOKS(s, v) OR_LEAVE(check_look(HERE, s, v, view_read_books))

/* Acts that must not block: waits for the end; a block is a HANG, an error INTERFACE. */
#define ACT(s, kind, page, value) OR_LEAVE(check_act(HERE, s, kind, page, value))

/* Acts by a call that must succeed. */
#define ACT_BY(call) OR_LEAVE(check_act_by(HERE, #call, call))

/* Starts an act that may block. */
#define START(s, agent, kind, page, value) OR_LEAVE(check_start(HERE, s, agent, kind, page, value))

/* The same at a byte of the page. */
#define START_AT(s, agent, kind, page, offset, value) \
	OR_LEAVE(check_start_at(HERE, s, agent, kind, page, offset, value))

/* The agent is asleep in its fault; a write that went through instead is LOST. */
#define EXPECT_BLOCKED(s, agent) check_blocked(HERE, s, agent)
#define ASSERT_BLOCKED(s, agent) OR_LEAVE(check_blocked(HERE, s, agent))
/* It still is, this very moment: nothing has woken it since EXPECT_BLOCKED. */
#define EXPECT_ASLEEP(s, agent) check_asleep(HERE, s, agent)
/* It doesn't sleep there any more: certain as soon as the call that wakes it is done. */
#define EXPECT_WOKEN(s, agent) check_woken(HERE, s, agent)
/* The agent ends, with no error. */
#define EXPECT_DONE(s, agent) check_done(HERE, s, agent)
#define ASSERT_DONE(s, agent) OR_LEAVE(check_done(HERE, s, agent))

/* The next event is a write-protect fault on @page. */
#define EXPECT_EVENT(s, page) check_event(HERE, s, page)
#define ASSERT_EVENT(s, page) OR_LEAVE(check_event(HERE, s, page))
/* The same, at address page + @offset: with EXACT_ADDRESS. */
#define EXPECT_EVENT_AT(s, page, offset) check_event_at(HERE, s, page, offset)
/* The next events are one write-protect fault each on the @n pages listed, in whatever order. */
#define ASSERT_EVENTS(s, pages, n) OR_LEAVE(check_events(HERE, s, pages, n))
/* No event is pending now: certain once whoever could cause one is done or blocked. */
#define EXPECT_NO_EVENT(s) check_no_event(HERE, s)

/* A store to the page by the stage's writer waits, and its one event has come. */
#define ASSERT_CAUGHT(s, page, value) OR_LEAVE(check_store_caught(HERE, s, page, value))

/* A call's result: 0, or exactly the negative errno given. */
#define EXPECT_OK(call) check_ok(HERE, #call, call)
#define ASSERT_OK(call) OR_LEAVE(check_ok(HERE, #call, call))
#define EXPECT_ERROR(call, error) check_error(HERE, #call, call, error)

/* Every page of [first, end) has all facts of @set and none of @clear. */
#define EXPECT_PAGES(s, v, first, end, set, clear) check_pages(HERE, s, v, first, end, set, clear)
/* Nothing that a view says of a page differs between the two. */
#define EXPECT_SAME(s, one, other) check_same(HERE, s, one, other, 0, (s)->region.pages)
#define EXPECT_SAME_IN(s, one, other, first, end) check_same(HERE, s, one, other, first, end)
/* After an async write by @kind to @page: what it touched is written; elsewhere only a PMD that stayed huge may be. */
#define EXPECT_REPORTED(s, kind, page) check_reported(HERE, s, kind, page)
/* While a sync write to @page waits: nothing has changed, but that an unpopulated page may have been populated. */
#define EXPECT_HELD(s, before, after, page) check_held(HERE, s, before, after, page)
/* Un-protects the page whose event came; for a straddling writer waits for the second event and does it again. */
#define ASSERT_RESOLVED(s, kind, page) OR_LEAVE(check_resolved(HERE, s, kind, page))
/* After a sync write that was resolved page by page: what it touched is unprotected, all else still protected. */
#define EXPECT_FREED(s, kind, page) check_freed(HERE, s, kind, page)
/* A global counter rose by @n at least. */
#define EXPECT_GREW(before, after, counter, n) check_grew(HERE, before, after, counter, n)
/* Skips where the machine had no huge page to give just then: the kernel's promise wasn't put to the test. */
#define NEEDS_HUGE_PAGES(s) do {						\
	if (check_fell_back(s))							\
		SKIP(return, "no huge page was free: echo 1 > /proc/sys/vm/compact_memory"); \
} while (0)
/* All content is the pattern, but for what agent @kind wrote to @page. */
#define EXPECT_WRITTEN_ONLY(s, kind, page, value) check_content(HERE, s, kind, page, value)
/* All content is the pattern. */
#define EXPECT_UNTOUCHED(s) check_content(HERE, s, AGENT_LOAD, 0, 0)
/* All content is the pattern, but for the @n changes listed. */
#define EXPECT_CONTENT(s, changes, n) check_changed(HERE, s, changes, n)
/* A condition that no other check words; @wanted completes 'wanted'. */
#define EXPECT_THAT(condition, charge_class, ...) \
	((condition) ? true : check_charge(HERE, REQUIREMENT_NONE, charge_class, __VA_ARGS__))

#include "case_checks.h"
#include "case_watch.h"
#include "case_main.h"

#endif /* CASES_CASE_H */
