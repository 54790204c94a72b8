// SPDX-License-Identifier: GPL-2.0
/*
 * A huge page of a file, armed as a whole by get-and-protect; UFFDIO_WRITEPROTECT would split it first.
 * Why: the kernel splits such a PMD by forgetting it. What was written must be reported then; that nothing else is would
 * spare whoever saves it 511 pages.
 */
#include <sys/mman.h>

#include "../common/heir.h"
#include "../common/reshape.h"
#include "case.h"
#include "leave.h"

#define PAGE 5
#define VALUE 0xa5

static int arm(struct stage *s)
{
	return view_read_and_arm(&s->after, &s->region);
}

FIXTURE(shmem_huge)
{
	struct stage s;
};

FIXTURE_SETUP(shmem_huge)
{
	struct stage *s = &self->s;

	CASE_AGENT(AGENT_STORE);
	CASE_REGISTERED(s, ASYNC, SHMEM_THP, 2);
	ASSERT_OK(arm(s));
	LOOK(s, &s->before);
}

FIXTURE_TEARDOWN(shmem_huge)
{
	stage_clear(&self->s);
}

TEST_F(shmem_huge, pmds_are_armed_whole_and_freed_whole)
{
	COVERS(SC_WP_MATCHING, PM_BIT57, LC_UNREGISTER);
	struct stage *s = &self->s;

	EXPECT_PAGES(s, &s->before, 0, s->region.pages, PRESENT | HUGE | FILE_BACKED | WP, WRITTEN);
	ACT_BY(by_unregistering(s));
	LOOK(s, &s->after);
	EXPECT_PAGES(s, &s->after, 0, s->region.pages, 0, WP);
	EXPECT_UNTOUCHED(s);
}

TEST_F(shmem_huge, store_is_reported_and_the_next_pmd_is_not)
{
	COVERS(WP_NO_LOST_WRITE, AS_PRECISE, WP_NEVER_WRITABLE);
	struct stage *s = &self->s;

	ACT(s, AGENT_STORE, PAGE, VALUE);
	LOOK(s, &s->after);
	EXPECT_PAGES(s, &s->after, PAGE, PAGE + 1, PRESENT | FILE_BACKED | WRITTEN, WP);
	EXPECT_SAME_IN(s, &s->before, &s->after, pmd_pages(), s->region.pages);

	/* Armed again, the next one is reported as well. */
	ASSERT_OK(arm(s));
	ACT(s, AGENT_STORE, PAGE + 1, VALUE);
	LOOK(s, &s->after);
	EXPECT_PAGES(s, &s->after, PAGE + 1, PAGE + 2, PRESENT | FILE_BACKED | WRITTEN, WP);
}

TEST_F(shmem_huge, protecting_a_page_again_keeps_the_others_protected)
{
	COVERS(WP_RANGE_EXACT, WP_IDEMPOTENT);
	struct stage *s = &self->s;

	ACT_BY(stage_protect(s, PAGE, PAGE + 1));
	LOOK(s, &s->after);
	EXPECT_PAGES(s, &s->after, 0, s->region.pages, WP, WRITTEN);
}

TEST_F(shmem_huge, unprotecting_a_page_keeps_the_others_protected)
{
	COVERS(WP_RANGE_EXACT);
	struct stage *s = &self->s;

	ACT_BY(stage_unprotect(s, PAGE, PAGE + 1, 0));
	LOOK(s, &s->after);
	EXPECT_PAGES(s, &s->after, 0, PAGE, WP, WRITTEN);
	EXPECT_PAGES(s, &s->after, PAGE + 1, s->region.pages, WP, WRITTEN);
}

TEST_F(shmem_huge, child_gets_the_protection_with_the_pages)
{
	COVERS(LC_FORK);
	struct stage *s = &self->s;
	ssize_t inherited;
	pid_t child;

	stage_close(s);
	ARRANGE(stage_register(s, ASYNC, UFFD_FEATURE_EVENT_FORK, &lack));
	ASSERT_OK(arm(s));
	child = heir_bear(s);
	ASSERT_OK(child);
	inherited = heir_protected(child, &s->region);
	heir_bury(child);
	EXPECT_THAT(inherited == (ssize_t)s->region.pages, EXTRA, "all pages of the child protected; %zd are", inherited);
}

static int by_storing(struct stage *s)
{
	*stage_page(s, PAGE) = VALUE;
	return 0;
}

static int by_mprotect(struct stage *s)
{
	return region_lock_and_unlock(&s->region, PAGE, PAGE + 1);
}

static int by_dontneed(struct stage *s)
{
	return region_advise(&s->region, PAGE, PAGE + 1, MADV_DONTNEED);
}

FIXTURE(shmem_split)
{
	struct stage s;
};

FIXTURE_VARIANT(shmem_split)
{
	int (*act)(struct stage *s);
};

FIXTURE_VARIANT_ADD(shmem_split, store) { .act = by_storing };
FIXTURE_VARIANT_ADD(shmem_split, mprotect) { .act = by_mprotect };
FIXTURE_VARIANT_ADD(shmem_split, dontneed) { .act = by_dontneed };

FIXTURE_SETUP(shmem_split)
{
	struct stage *s = &self->s;

	CASE_REGISTERED(s, ASYNC, SHMEM_THP, 1);
	ASSERT_OK(arm(s));
	LOOK(s, &s->before);
}

FIXTURE_TEARDOWN(shmem_split)
{
	stage_clear(&self->s);
}

TEST_F(shmem_split, other_pages_stay_protected)
{
	COVERS(LC_SPLIT, WP_PERSISTS);
	struct stage *s = &self->s;

	ACT_BY(variant->act(s));
	LOOK(s, &s->after);
	EXPECT_PAGES(s, &s->after, 0, PAGE, WP, WRITTEN);
	EXPECT_PAGES(s, &s->after, PAGE + 1, s->region.pages, WP, WRITTEN);
}
