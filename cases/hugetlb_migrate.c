// SPDX-License-Identifier: GPL-2.0
/*
 * Hugetlb pages that the kernel moves to another memory node, and what happens to them on the way.
 * Why: on its way a page is a migration entry, and hugetlb has code of its own for each thing that may meet one.
 */
#include <sys/mman.h>

#include "../common/heir.h"
#include "../common/mover.h"
#include "../common/reshape.h"
#include "hugetlb_checks.h"

/* Pages, and behind them a hole. */
#define PAGES 2
#define ALL 3

/* Registered as @mode, nothing protected. */
static int arrange(struct stage *s, enum region_mode mode, struct lack *lack)
{
	int err = stage_region(s, HUGETLB, ALL * hugetlb_unit(), lack);

	if (!err)
		err = region_advise(&s->region, PAGE_OF(s, PAGES), PAGE_OF(s, ALL), MADV_DONTNEED);
	return err ? err : stage_register(s, mode, 0, lack);
}

FIXTURE(hugetlb_moved)
{
	struct stage s;
};

FIXTURE_SETUP(hugetlb_moved)
{
	CASE_AGENT(AGENT_STORE);
	CASE_HUGETLB(&self->s, SYNC, HUGETLB, PAGES);
}

FIXTURE_TEARDOWN(hugetlb_moved)
{
	stage_clear(&self->s);
}

TEST_F(hugetlb_moved, pages_arrive_protected_and_a_store_is_caught)
{
	COVERS(LC_MIGRATE, WP_PERSISTS, WP_NEVER_WRITABLE);
	struct stage *s = &self->s;

	ARRANGE(mover_move(&s->region, &lack));
	LOOK(s, &s->after);
	EXPECT_SAME(s, &s->before, &s->after);
	EXPECT_UNTOUCHED(s);
	OR_LEAVE(EXPECT_CAUGHT(s, 1));
}

/* Armed whole, and the first page caught on the way. */
FIXTURE(hugetlb_moving)
{
	struct stage s;
	struct mover mover;
};

FIXTURE_SETUP(hugetlb_moving)
{
	ARRANGE(arrange(&self->s, SYNC, &lack));
	ASSERT_OK(hugetlb_protect(&self->s, 0, ALL));
	ARRANGE(mover_catch(&self->mover, &self->s.region, 0, &lack));
}

FIXTURE_TEARDOWN(hugetlb_moving)
{
	mover_finish(&self->mover);
	stage_clear(&self->s);
}

TEST_F(hugetlb_moving, pages_show_as_protected)
{
	COVERS(LC_MIGRATE, PM_BIT57);
	struct stage *s = &self->s;

	LOOK(s, &s->after);
	EXPECT_HUGE(s, &s->after, 0, ALL, WP, WRITTEN);
}

TEST_F(hugetlb_moving, unprotecting_takes_effect)
{
	COVERS(LC_MIGRATE, WP_RANGE_EXACT);
	struct stage *s = &self->s;

	ACT_BY(hugetlb_unprotect(s, 0, ALL));
	ASSERT_OK(mover_finish(&self->mover));
	LOOK(s, &s->after);
	EXPECT_HUGE(s, &s->after, 0, PAGES, PRESENT | WRITTEN, WP);
	EXPECT_HUGE(s, &s->after, PAGES, ALL, 0, PRESENT | WP);
	EXPECT_HUGE_UNTOUCHED(s, PAGES);
}

TEST_F(hugetlb_moving, fork_leaves_the_parent_protected_and_the_child_not)
{
	COVERS(LC_FORK, LC_MIGRATE);
	struct stage *s = &self->s;
	ssize_t inherited = heir_protected_at_birth(&s->region);

	EXPECT_THAT(!inherited, EXTRA, "no page of the child protected; %zd are", inherited);
	ASSERT_OK(mover_finish(&self->mover));
	LOOK(s, &s->after);
	EXPECT_HUGE(s, &s->after, 0, PAGES, PRESENT | WP, WRITTEN);
	EXPECT_HUGE(s, &s->after, PAGES, ALL, WP, PRESENT | WRITTEN);
	EXPECT_HUGE_UNTOUCHED(s, PAGES);
}

TEST_F(hugetlb_moving, mprotect_keeps_protection)
{
	COVERS(LC_MIGRATE, LC_MPROTECT);
	struct stage *s = &self->s;

	ACT_BY(region_lock_and_unlock(&s->region, 0, s->region.pages));
	ASSERT_OK(mover_finish(&self->mover));
	LOOK(s, &s->after);
	EXPECT_HUGE(s, &s->after, 0, PAGES, PRESENT | WP, WRITTEN);
	EXPECT_HUGE_UNTOUCHED(s, PAGES);
}

TEST_F(hugetlb_moving, dropped_pages_stay_protected)
{
	COVERS(LC_ZAP, LC_MIGRATE);
	struct stage *s = &self->s;

	ACT_BY(region_advise(&s->region, 0, PAGE_OF(s, PAGES), MADV_DONTNEED));
	ASSERT_OK(mover_finish(&self->mover));
	LOOK(s, &s->after);
	EXPECT_HUGE(s, &s->after, 0, ALL, WP, PRESENT | WRITTEN);
}

/* Not armed, and caught on the way. */
FIXTURE(hugetlb_moving_bare)
{
	struct stage s;
	struct mover mover;
};

FIXTURE_VARIANT(hugetlb_moving_bare)
{
	enum region_mode mode;
};

FIXTURE_VARIANT_ADD(hugetlb_moving_bare, sync) { .mode = SYNC };
FIXTURE_VARIANT_ADD(hugetlb_moving_bare, async) { .mode = ASYNC };

FIXTURE_SETUP(hugetlb_moving_bare)
{
	ARRANGE(arrange(&self->s, variant->mode, &lack));
	ARRANGE(mover_catch(&self->mover, &self->s.region, 0, &lack));
}

FIXTURE_TEARDOWN(hugetlb_moving_bare)
{
	mover_finish(&self->mover);
	stage_clear(&self->s);
}

/* By the ioctl, or by get-and-protect. */
static int arm(struct stage *s)
{
	return s->region.mode == ASYNC ? view_read_and_arm(&s->before, &s->region) : hugetlb_protect(s, 0, PAGES);
}

TEST_F(hugetlb_moving_bare, protecting_takes_effect)
{
	COVERS(LC_MIGRATE, WP_RANGE_EXACT, SC_WP_MATCHING);
	struct stage *s = &self->s;

	ACT_BY(arm(s));
	ASSERT_OK(mover_finish(&self->mover));
	LOOK(s, &s->after);
	EXPECT_HUGE(s, &s->after, 0, PAGES, PRESENT | WP, WRITTEN);
	EXPECT_HUGE_UNTOUCHED(s, PAGES);
}
