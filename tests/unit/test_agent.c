// SPDX-License-Identifier: GPL-2.0
/*
 * Every kind of agent acts once, blocks where it must and only there, and says so. Repeated as many
 * times as the first argument says.
 */
#include <errno.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "../../common/agent.h"
#include "../../uffd/compiler.h"
#include "../../uffd/deadline.h"
#include "../../uffd/pump.h"
#include "ground.h"

#define VALUE 0xa5
/* Not a page's first byte; where any kind can act. */
#define OFFSET 32
#define WP_EVENT (UFFD_PAGEFAULT_FLAG_WP | UFFD_PAGEFAULT_FLAG_WRITE)

static char *act_at(const struct ground *g)
{
	return region_page(&g->r, PAGE) + OFFSET;
}

/* Does the region hold what @kind leaves behind on @page when it has acted, and nothing else? */
static bool left_behind(const struct ground *g, enum agent_kind kind, size_t page, uint8_t value)
{
	struct change changed[AGENT_LEAVES_MAX];
	size_t n = agent_leaves(kind, page * page_size() + OFFSET, value, changed);

	/* A frame's bytes are the CPU's, and of a whole page both ends are listed. */
	if (kind == AGENT_SIGNAL_FRAME || kind == AGENT_DIRECT_READ)
		return region_check(&g->r, changed, n) < 0;
	return region_check_all(&g->r, changed, n) < 0;
}

static bool is_event_of(const struct uffd_msg *msg, const struct agent *a, const char *page)
{
	return HOLDS(msg->event == UFFD_EVENT_PAGEFAULT) &&
	       HOLDS(msg->arg.pagefault.address == (uintptr_t)page) &&
	       HOLDS(msg->arg.pagefault.flags == WP_EVENT) &&
	       HOLDS(msg->arg.pagefault.feat.ptid == (uint32_t)a->tid);
}

static bool blocks_once(struct ground *g, struct pump *p, enum agent_kind kind, size_t page)
{
	char *start = region_page(&g->r, page);
	struct uffd_msg msg;
	struct agent a = { 0 };
	bool good;

	good = HOLDS(!ground_arm(g, page)) && HOLDS(!agent_start(&a, kind, start + OFFSET, VALUE)) &&
	       HOLDS(pump_next(p, &msg, LONG_MS) == 1) &&
	       HOLDS(agent_settle(&a, LONG_MS) == AGENT_BLOCKED) && is_event_of(&msg, &a, start) &&
	       HOLDS(left_behind(g, AGENT_LOAD, page, 0)) && HOLDS(!ground_disarm(g, page)) &&
	       HOLDS(agent_join(&a, LONG_MS) == AGENT_DONE) && HOLDS(!a.error) &&
	       HOLDS(pump_drain(p) == 0) && HOLDS(left_behind(g, kind, page, a.value));
	pump_close(p);
	uffd_close(&g->u);
	agent_free(&a);
	return good;
}

static void test_writer_blocks(enum agent_kind kind, bool by_poll)
{
	struct ground g;
	struct pump p = { 0 };
	bool good;

	good = HOLDS(!ground_wp(&g, 1)) && HOLDS(!pump_open(&p, &g.u, by_poll)) &&
	       blocks_once(&g, &p, kind, PAGE);
	ground_close(&g);
	tap(good, "%s blocks on a protected page, one event, by %s", agent_name(kind), pump_how(&p));
}

static void test_straddle_of_pmds(void)
{
	struct ground g;
	struct pump p = { 0 };
	bool good;

	good = HOLDS(!ground_wp(&g, 2)) && HOLDS(!pump_open(&p, &g.u, false)) &&
	       blocks_once(&g, &p, AGENT_STRADDLE, pmd_pages() - 1);
	ground_close(&g);
	tap(good, "a straddling store reaches over the border of two PMDs");
}

/* Readers, and a child, whose copy is its own. */
static void test_passes_protection(enum agent_kind kind)
{
	struct ground g;
	struct agent a = { 0 };
	struct pump p = { 0 };
	bool good;

	good = HOLDS(!ground_wp(&g, 1)) && HOLDS(!pump_open(&p, &g.u, false)) &&
	       HOLDS(!ground_arm(&g, PAGE)) && HOLDS(!agent_start(&a, kind, region_page(&g.r, PAGE), 0)) &&
	       HOLDS(agent_settle(&a, LONG_MS) == AGENT_DONE) && HOLDS(!a.error) && HOLDS(a.tid) &&
	       HOLDS(agent_writes(kind) || a.value == region_pattern(&g.r, PAGE)) &&
	       HOLDS(left_behind(&g, AGENT_LOAD, PAGE, 0)) && HOLDS(pump_drain(&p) == 0);
	pump_close(&p);
	agent_free(&a);
	ground_close(&g);
	tap(good, "%s isn't blocked by protection", agent_name(kind));
}

static double now_us(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * 1e6 + ts.tv_nsec / 1e3;
}

static void test_acts_unhindered(enum agent_kind kind)
{
	struct agent a = { 0 };
	double began, took;
	struct ground g;
	struct pump p = { 0 };
	bool good;

	good = HOLDS(!ground_wp(&g, 1)) && HOLDS(!pump_open(&p, &g.u, false));
	began = now_us();
	good = good && HOLDS(!agent_start(&a, kind, act_at(&g), VALUE)) &&
	       HOLDS(agent_join(&a, LONG_MS) == AGENT_DONE) && HOLDS(!a.error);
	took = now_us() - began;
	good = good && HOLDS(left_behind(&g, kind, PAGE, a.value)) && HOLDS(pump_drain(&p) == 0);
	pump_close(&p);
	agent_free(&a);
	ground_close(&g);
	printf("# %s: %.0f us\n", agent_name(kind), took);
	tap(good, "%s on an unprotected page is done", agent_name(kind));
}

static void test_sleeps_until_woken(enum agent_kind kind)
{
	const uint64_t dont = UFFDIO_WRITEPROTECT_MODE_DONTWAKE;
	struct ground g;
	struct agent a = { 0 };
	bool good;
	char *page;

	good = HOLDS(!ground_wp(&g, 1)) && HOLDS(!ground_arm(&g, PAGE));
	page = region_page(&g.r, PAGE);
	good = good && HOLDS(!agent_start(&a, kind, act_at(&g), VALUE)) &&
	       HOLDS(agent_settle(&a, LONG_MS) == AGENT_BLOCKED) &&
	       HOLDS(!uffd_writeprotect(&g.u, page, page_size(), dont)) &&
	       HOLDS(agent_state(&a) == AGENT_BLOCKED) &&
	       HOLDS(!uffd_wake(&g.u, page + page_size(), page_size())) &&
	       HOLDS(agent_join(&a, SHORT_MS) == AGENT_BLOCKED) &&
	       HOLDS(!uffd_wake(&g.u, page, page_size())) &&
	       HOLDS(agent_state(&a) != AGENT_BLOCKED) && HOLDS(agent_join(&a, LONG_MS) == AGENT_DONE);
	uffd_close(&g.u);
	agent_free(&a);
	ground_close(&g);
	tap(good, "%s stays asleep until its own page is woken", agent_name(kind));
}

static void test_reports_the_error(enum agent_kind kind)
{
	struct ground g;
	bool good;
	int err;

	/* The page before a region is inaccessible. */
	good = HOLDS(!ground_wp(&g, 1)) &&
	       HOLDS(agent_act(kind, g.r.start - page_size(), VALUE, LONG_MS, &err) == AGENT_DONE) &&
	       HOLDS(err == -EFAULT);
	ground_close(&g);
	tap(good, "%s returns the kernel's own error", agent_name(kind));
}

static void test_blocked_is_left_behind(void)
{
	struct ground g;
	struct agent a = { 0 };
	bool good;
	int64_t deadline;

	good = HOLDS(!ground_wp(&g, 1)) && HOLDS(!ground_arm(&g, PAGE)) &&
	       HOLDS(!agent_start(&a, AGENT_STORE, act_at(&g), VALUE)) &&
	       HOLDS(agent_settle(&a, LONG_MS) == AGENT_BLOCKED);
	agent_free(&a);
	good = good && HOLDS(!a.impl) && HOLDS(left_behind(&g, AGENT_LOAD, PAGE, 0));
	/* It still acts when it is woken: wait for that, or the memory goes under its feet. */
	uffd_close(&g.u);
	deadline = deadline_in(LONG_MS);
	while ((uint8_t)READ_ONCE(*act_at(&g)) != VALUE && deadline_left(deadline))
		;
	good = good && HOLDS(left_behind(&g, AGENT_STORE, PAGE, VALUE));
	ground_close(&g);
	tap(good, "freeing a blocked agent doesn't wait for it");
}

/*
 * With fork events fork(2) itself sleeps until the event is read: asleep, but in no userfault. Then
 * the child, whose memory is protected too, is what blocks.
 */
static bool child_blocks(struct ground *g, struct pump *p, struct agent *a)
{
	struct uffd_msg msg;
	struct uffd child;
	bool good;

	if (!HOLDS(agent_settle(a, SHORT_MS) == AGENT_RUNNING) || !HOLDS(!a->tid) ||
	    !HOLDS(pump_next(p, &msg, LONG_MS) == 1) || !HOLDS(msg.event == UFFD_EVENT_FORK))
		return false;
	child = (struct uffd){ .fd = msg.arg.fork.ufd };
	good = HOLDS(agent_settle(a, LONG_MS) == AGENT_BLOCKED) && HOLDS(a->tid) &&
	       HOLDS(!uffd_writeprotect(&child, region_page(&g->r, PAGE), page_size(), 0)) &&
	       HOLDS(agent_join(a, LONG_MS) == AGENT_DONE) && HOLDS(!a->error) &&
	       HOLDS(left_behind(g, AGENT_FORK_CHILD, PAGE, VALUE));
	uffd_close(&child);
	return good;
}

static void test_fork_event(void)
{
	struct ground g;
	struct agent a = { 0 };
	struct pump p = { 0 };
	bool good;

	if (ground_open(&g, BASE_PAGES, 1, UFFD_FEATURE_EVENT_FORK, UFFDIO_REGISTER_MODE_WP)) {
		tap(true, "a fork child blocks # SKIP fork events: run as root");
		return;
	}
	good = HOLDS(!pump_open(&p, &g.u, false)) && HOLDS(!ground_arm(&g, PAGE)) &&
	       HOLDS(!agent_start(&a, AGENT_FORK_CHILD, act_at(&g), VALUE)) && child_blocks(&g, &p, &a);
	pump_close(&p);
	uffd_close(&g.u);
	agent_free(&a);
	ground_close(&g);
	tap(good, "a fork child blocks, and one that sleeps in fork(2) isn't taken for blocked");
}

static bool runs_here(enum agent_kind kind)
{
	char why[128];

	if (!agent_can(kind, why, sizeof(why)))
		return true;
	tap(true, "%s # SKIP %s", agent_name(kind), why);
	return false;
}

/* Where the page may not be touched; others have errors of their own, don't care, or die. */
static bool gives_efault(enum agent_kind kind)
{
	switch (kind) {
	case AGENT_MLOCK:
	case AGENT_POPULATE_READ:
	case AGENT_POPULATE_WRITE:
	case AGENT_PEEK:
	case AGENT_PROC_MEM_READ:
	case AGENT_SIGNAL_FRAME:
	case AGENT_LOAD:
		return false;
	default:
		return kind >= AGENT_READ;
	}
}

static void test_kind(enum agent_kind kind)
{
	bool passes = !agent_writes(kind) || kind == AGENT_FORK_CHILD;

	if (!runs_here(kind))
		return;
	test_acts_unhindered(kind);
	/* What never waits, or needs something done before the page is protected: cases put it to the test. */
	if (agent_refusal(kind) || agent_is_silent(kind) || kind == AGENT_URING_PINNED)
		return;
	if (passes) {
		test_passes_protection(kind);
	} else {
		test_writer_blocks(kind, false);
		test_writer_blocks(kind, true);
		test_sleeps_until_woken(kind);
	}
	if (gives_efault(kind))
		test_reports_the_error(kind);
}

int main(int argc, char **argv)
{
	int rounds = argc > 1 ? atoi(argv[1]) : 1;
	int kind;

	if (ground_missing())
		return 0;
	while (rounds--) {
		for (kind = 0; kind < AGENT_COUNT; kind++)
			test_kind(kind);
		test_straddle_of_pmds();
		test_blocked_is_left_behind();
		test_fork_event();
	}
	printf("1..%d\n", tap_count);
	return tap_failed ? 1 : 0;
}
