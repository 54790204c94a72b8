// SPDX-License-Identifier: GPL-2.0
/*
 * Giving protection up, by closing or by unregistering, while writers wait.
 * Why: a writer that nobody wakes is a stuck program; a bit left behind is a fault that nobody answers, or a page
 * that the next one to register takes for armed.
 */
#include "case.h"
#include "leave.h"
#include "variants.h"

#define PAGE 5
/* The last page of a PMD on most machines, inside one on all. */
#define FAR 511
#define VALUE 0xa5

FIXTURE(waiting)
{
	struct stage s;
};

FIXTURE_VARIANT(waiting)
{
	enum backing backing;
};

BACKING(waiting, hugezero, HUGE_ZERO);
BACKING(waiting, base, BASE_PAGES);

FIXTURE_SETUP(waiting)
{
	CASE_AGENT(AGENT_STORE);
	CASE_STAGE(&self->s, SYNC, variant->backing, 1);
	START(&self->s, &self->s.writer, AGENT_STORE, PAGE, VALUE);
	ASSERT_EVENT(&self->s, PAGE);
	EXPECT_BLOCKED(&self->s, &self->s.writer);
}

FIXTURE_TEARDOWN(waiting)
{
	stage_clear(&self->s);
}

TEST_F(waiting, unregistering_wakes_the_writer)
{
	COVERS(EV_CLOSE);
	struct stage *s = &self->s;

	ACT_BY(stage_unregister(s));
	EXPECT_WOKEN(s, &s->writer);
}

FIXTURE(leaving)
{
	struct stage s;
};

FIXTURE_VARIANT(leaving)
{
	enum backing backing;
	int (*leave)(struct stage *s);
};

#define LEAVING(name, back, how) FIXTURE_VARIANT_ADD(leaving, name) { .backing = back, .leave = how }

LEAVING(hugezero_closed, HUGE_ZERO, by_closing);
LEAVING(zeroptes_closed, ZERO_PTES, by_closing);
LEAVING(anonthp_closed, ANON_THP, by_closing);
LEAVING(ptethp_closed, PTE_THP, by_closing);
LEAVING(base_closed, BASE_PAGES, by_closing);
LEAVING(unpopulated_closed, UNPOPULATED, by_closing);
/* Of present PTEs one kind must do: it is the set-up that costs. */
LEAVING(hugezero_unregistered, HUGE_ZERO, by_unregistering);
LEAVING(zeroptes_unregistered, ZERO_PTES, by_unregistering);
LEAVING(anonthp_unregistered, ANON_THP, by_unregistering);
LEAVING(unpopulated_unregistered, UNPOPULATED, by_unregistering);
LEAVING(shmem_closed, SHMEM_CACHED, by_closing);
LEAVING(shmem_unregistered, SHMEM_CACHED, by_unregistering);

FIXTURE_SETUP(leaving)
{
	const size_t both[] = { PAGE, FAR };
	struct stage *s = &self->s;

	CASE_AGENT(AGENT_STORE);
	CASE_STAGE(s, SYNC, variant->backing, 1);
	START(s, &s->writer, AGENT_STORE, PAGE, VALUE);
	START(s, &s->second, AGENT_STORE, FAR, VALUE);
	ASSERT_EVENTS(s, both, 2);
	EXPECT_BLOCKED(s, &s->writer);
	EXPECT_BLOCKED(s, &s->second);
}

FIXTURE_TEARDOWN(leaving)
{
	stage_clear(&self->s);
}

TEST_F(leaving, writers_go_on_and_no_protection_stays)
{
	COVERS(EV_CLOSE);
	const struct change written[] = { { PAGE * page_size(), VALUE }, { FAR * page_size(), VALUE } };
	struct stage *s = &self->s;

	ACT_BY(variant->leave(s));
	ASSERT_DONE(s, &s->writer);
	ASSERT_DONE(s, &s->second);
	LOOK(s, &s->after);
	EXPECT_PAGES(s, &s->after, 0, s->region.pages, 0, WP);

	stage_close(s);
	ARRANGE(stage_register(s, SYNC, 0, &lack));
	LOOK(s, &s->after);
	EXPECT_PAGES(s, &s->after, 0, s->region.pages, 0, WP);
	EXPECT_CONTENT(s, written, ARRAY_SIZE(written));
}
