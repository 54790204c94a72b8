// SPDX-License-Identifier: GPL-2.0
/*
 * Read-write protection of hugetlb pages.
 * Why: it came later than write protection, shares its bit, and each place that drops or restores the bit had to learn of
 * it; a marker left behind is a write that faults for ever.
 */
#include <sys/mman.h>

#include "../common/heir.h"
#include "../common/reshape.h"
#include "hugetlb_checks.h"
#include "rwp_checks.h"

#define PAGES 2
#define VALUE 0xa5

FIXTURE(hugetlb_rwp)
{
	struct stage s;
};

FIXTURE_VARIANT(hugetlb_rwp)
{
	enum agent_kind agent;
};

FIXTURE_VARIANT_ADD(hugetlb_rwp, load) { .agent = AGENT_LOAD };
FIXTURE_VARIANT_ADD(hugetlb_rwp, store) { .agent = AGENT_STORE };

FIXTURE_SETUP(hugetlb_rwp)
{
	CASE_AGENT(variant->agent);
	CASE_RWP(&self->s, SYNC, HUGETLB, PAGES * hugetlb_unit());
}

FIXTURE_TEARDOWN(hugetlb_rwp)
{
	stage_clear(&self->s);
}

TEST_F(hugetlb_rwp, access_waits_until_its_huge_page_is_given_back)
{
	COVERS(RW_TRAPS);
	struct stage *s = &self->s;
	size_t page = PAGE_OF(s, 1);

	START(s, &s->writer, variant->agent, page + 5, VALUE);
	OR_LEAVE(EXPECT_BLOCKED(s, &s->writer));
	ASSERT_ACCESS_EVENT(s, page, variant->agent);
	LOOK(s, &s->after);
	EXPECT_SAME(s, &s->before, &s->after);
	ASSERT_OK(rwp_release(s, page, s->region.pages, 0));
	ASSERT_DONE(s, &s->writer);
	EXPECT_NO_EVENT(s);
	LOOK(s, &s->after);
	EXPECT_SAME_IN(s, &s->before, &s->after, 0, page);
	EXPECT_HUGE(s, &s->after, 1, 2, PRESENT | HUGE, WP);
}

/* Unlike write protection it holds for what is there only. */
TEST_F(hugetlb_rwp, dropped_page_is_not_protected_and_an_access_goes_through)
{
	COVERS(RW_UNPOPULATED, RW_CLEANUP);
	struct stage *s = &self->s;

	ACT_BY(region_advise(&s->region, PAGE_OF(s, 1), PAGE_OF(s, 2), MADV_DONTNEED));
	LOOK(s, &s->after);
	EXPECT_HUGE(s, &s->after, 1, 2, 0, PRESENT | WP);
	ACT(s, variant->agent, PAGE_OF(s, 1), VALUE);
	EXPECT_NO_EVENT(s);
	ASSERT_OK(stage_unregister(s));
	LOOK(s, &s->after);
	EXPECT_HUGE(s, &s->after, 0, 2, PRESENT | HUGE, WP);
	ACT(s, variant->agent, 5, VALUE);
}

TEST_F(hugetlb_rwp, fork_child_has_no_protection_and_the_parent_keeps_it)
{
	COVERS(RW_PERSISTS, LC_FORK);
	struct stage *s = &self->s;
	ssize_t inherited = heir_protected_at_birth(&s->region);

	OR_LEAVE(EXPECT_THAT(!inherited, EXTRA, "no page of the child protected; %zd are", inherited));
	ACT(s, AGENT_FORK_CHILD, 5, VALUE);
	EXPECT_NO_EVENT(s);
	LOOK(s, &s->after);
	EXPECT_SAME(s, &s->before, &s->after);
}

FIXTURE(hugetlb_rwp_async)
{
	struct stage s;
};

FIXTURE_VARIANT(hugetlb_rwp_async)
{
	enum agent_kind agent;
};

FIXTURE_VARIANT_ADD(hugetlb_rwp_async, load) { .agent = AGENT_LOAD };
FIXTURE_VARIANT_ADD(hugetlb_rwp_async, store) { .agent = AGENT_STORE };

FIXTURE_SETUP(hugetlb_rwp_async)
{
	CASE_AGENT(variant->agent);
	CASE_RWP(&self->s, ASYNC, HUGETLB, PAGES * hugetlb_unit());
}

FIXTURE_TEARDOWN(hugetlb_rwp_async)
{
	stage_clear(&self->s);
}

TEST_F(hugetlb_rwp_async, access_opens_its_huge_page_and_no_other)
{
	COVERS(RW_TRAPS, RW_ACCESSED);
	struct stage *s = &self->s;

	ACT(s, variant->agent, PAGE_OF(s, 1) + 5, VALUE);
	EXPECT_NO_EVENT(s);
	LOOK(s, &s->after);
	EXPECT_INVERSE(s, &s->after);
	EXPECT_HUGE(s, &s->after, 0, 1, PRESENT | WP, 0);
	EXPECT_HUGE(s, &s->after, 1, 2, PRESENT | HUGE, WP);
	EXPECT_HUGE_UNTOUCHED(s, 1);
}
