// SPDX-License-Identifier: GPL-2.0
/*
 * Arming what isn't there: holes in a page table, and PMDs that map nothing.
 * Why: whoever arms untouched memory wants to hear of its first write; a read in between must not map, huge or not,
 * what isn't protected.
 */
#include <sys/mman.h>

#include "../common/reshape.h"
#include "case.h"

#define PAGE 5
/* The last page of a PMD on most machines, inside one on all. */
#define FAR 511
#define VALUE 0xa5

FIXTURE(holes)
{
	struct stage s;
};

FIXTURE_SETUP(holes)
{
	CASE_AGENT(AGENT_STORE);
	CASE_REGISTERED(&self->s, SYNC, UNPOPULATED, 1);
}

FIXTURE_TEARDOWN(holes)
{
	stage_clear(&self->s);
}

TEST_F(holes, are_protected_and_a_store_is_caught)
{
	COVERS(WP_UNPOPULATED, EV_ONE);
	struct stage *s = &self->s;

	ASSERT_OK(stage_protect(s, PAGE, FAR));
	LOOK(s, &s->after);
	EXPECT_PAGES(s, &s->after, PAGE, FAR, WP, PRESENT | WRITTEN);
	EXPECT_PAGES(s, &s->after, 0, PAGE, 0, PRESENT | WP);

	START(s, &s->writer, AGENT_STORE, PAGE, VALUE);
	ASSERT_EVENT(s, PAGE);
	EXPECT_BLOCKED(s, &s->writer);
}

TEST_F(holes, a_read_maps_nothing_that_is_not_protected)
{
	COVERS(WP_UNPOPULATED, WP_READ_KEEPS);
	struct stage *s = &self->s;

	ASSERT_OK(stage_protect(s, 0, s->region.pages));
	ACT(s, AGENT_LOAD, PAGE, 0);
	LOOK(s, &s->after);
	EXPECT_PAGES(s, &s->after, 0, s->region.pages, WP, WRITTEN);
	EXPECT_PAGES(s, &s->after, PAGE, PAGE + 1, PRESENT | ZERO, HUGE);

	START(s, &s->writer, AGENT_STORE, PAGE, VALUE);
	ASSERT_EVENT(s, PAGE);
	EXPECT_BLOCKED(s, &s->writer);
}

FIXTURE(holes_async)
{
	struct stage s;
};

FIXTURE_SETUP(holes_async)
{
	CASE_AGENT(AGENT_STORE);
	CASE_STAGE(&self->s, ASYNC, UNPOPULATED, 1);
}

FIXTURE_TEARDOWN(holes_async)
{
	stage_clear(&self->s);
}

TEST_F(holes_async, a_store_after_a_read_is_reported)
{
	COVERS(WP_UNPOPULATED, WP_NO_LOST_WRITE);
	struct stage *s = &self->s;

	ACT(s, AGENT_LOAD, PAGE, 0);
	ACT(s, AGENT_STORE, PAGE, VALUE);
	LOOK(s, &s->after);
	EXPECT_REPORTED(s, AGENT_STORE, PAGE);
}

FIXTURE(holes_ignored)
{
	struct stage s;
};

FIXTURE_SETUP(holes_ignored)
{
	CASE_AGENT(AGENT_STORE);
	ARRANGE(stage_region(&self->s, UNPOPULATED, pmd_pages(), &lack));
	ARRANGE(stage_open(&self->s, UFFD_FEATURE_PAGEFAULT_FLAG_WP, &lack));
	ASSERT_OK(stage_attach(&self->s, SYNC));
}

FIXTURE_TEARDOWN(holes_ignored)
{
	stage_clear(&self->s);
}

TEST_F(holes_ignored, without_the_feature)
{
	COVERS(WP_UNPOPULATED);
	struct stage *s = &self->s;

	ASSERT_OK(stage_protect(s, 0, s->region.pages));
	LOOK(s, &s->after);
	EXPECT_PAGES(s, &s->after, 0, s->region.pages, 0, PRESENT | WP);

	ACT(s, AGENT_STORE, PAGE, VALUE);
	EXPECT_NO_EVENT(s);
}

FIXTURE(hole)
{
	struct stage s;
};

FIXTURE_SETUP(hole)
{
	CASE_AGENT(AGENT_STORE);
	CASE_REGISTERED(&self->s, SYNC, BASE_PAGES, 1);
	if (!(self->s.uffd.features & UFFD_FEATURE_WP_UNPOPULATED))
		SKIP(return, "this kernel does not offer UFFD_FEATURE_WP_UNPOPULATED");
	ASSERT_OK(region_advise(&self->s.region, PAGE, PAGE + 1, MADV_DONTNEED));
	ASSERT_OK(stage_protect(&self->s, 0, self->s.region.pages));
}

FIXTURE_TEARDOWN(hole)
{
	stage_clear(&self->s);
}

TEST_F(hole, among_pages_is_protected_like_them)
{
	COVERS(WP_UNPOPULATED);
	struct stage *s = &self->s;

	LOOK(s, &s->after);
	EXPECT_PAGES(s, &s->after, 0, s->region.pages, WP, WRITTEN);
	EXPECT_PAGES(s, &s->after, PAGE, PAGE + 1, 0, PRESENT);

	START(s, &s->writer, AGENT_STORE, PAGE, VALUE);
	ASSERT_EVENT(s, PAGE);
	EXPECT_BLOCKED(s, &s->writer);
}
