// SPDX-License-Identifier: GPL-2.0
/*
 * Protected pages that the kernel moves to another memory node, and what happens to them on the way.
 * Why: compaction and balancing move pages at any time; for that moment the protection is a bit in a migration entry,
 * and whoever protects, un-protects, forks or splits just then has to know that entry too.
 */
#include <sys/mman.h>

#include "../common/heir.h"
#include "../common/mover.h"
#include "../common/reshape.h"
#include "case.h"
#include "variants.h"

#define PAGE 5
#define VALUE 0xa5
/* Enough to be caught in the middle of. */
#define PAGES 128

static size_t migrate_pages_of(enum backing b)
{
	return b == ANON_THP ? pmd_pages() : PAGES;
}

FIXTURE(moved)
{
	struct stage s;
};

FIXTURE_VARIANT(moved)
{
	enum backing backing;
};

BACKING(moved, base, BASE_PAGES);
BACKING(moved, anonthp, ANON_THP);

FIXTURE_SETUP(moved)
{
	CASE_AGENT(AGENT_STORE);
	CASE_STAGE_PAGES(&self->s, SYNC, variant->backing, migrate_pages_of(variant->backing));
}

FIXTURE_TEARDOWN(moved)
{
	stage_clear(&self->s);
}

TEST_F(moved, pages_arrive_protected_and_a_store_is_caught)
{
	COVERS(LC_MIGRATE, WP_PERSISTS, WP_NEVER_WRITABLE);
	struct stage *s = &self->s;

	ARRANGE(mover_move(&s->region, &lack));
	LOOK(s, &s->after);
	EXPECT_SAME(s, &s->before, &s->after);
	EXPECT_UNTOUCHED(s);

	ASSERT_CAUGHT(s, PAGE, VALUE);
}

/* Armed whole, and caught on the way. */
FIXTURE(moving)
{
	struct stage s;
	struct mover mover;
};

FIXTURE_VARIANT(moving)
{
	enum backing backing;
};

BACKING(moving, base, BASE_PAGES);
BACKING(moving, anonthp, ANON_THP);

FIXTURE_SETUP(moving)
{
	CASE_STAGE_PAGES(&self->s, SYNC, variant->backing, migrate_pages_of(variant->backing));
	ARRANGE(mover_catch(&self->mover, &self->s.region, PAGE, &lack));
}

FIXTURE_TEARDOWN(moving)
{
	mover_finish(&self->mover);
	stage_clear(&self->s);
}

TEST_F(moving, pages_show_as_protected)
{
	COVERS(LC_MIGRATE, PM_BIT57);
	struct stage *s = &self->s;

	LOOK(s, &s->after);
	EXPECT_PAGES(s, &s->after, 0, s->region.pages, WP, WRITTEN);
}

TEST_F(moving, unprotecting_takes_effect)
{
	COVERS(LC_MIGRATE, WP_RANGE_EXACT);
	struct stage *s = &self->s;

	ACT_BY(stage_unprotect(s, 0, s->region.pages, 0));
	ASSERT_OK(mover_finish(&self->mover));
	LOOK(s, &s->after);
	EXPECT_PAGES(s, &s->after, 0, s->region.pages, PRESENT | WRITTEN, WP);
	EXPECT_UNTOUCHED(s);
}

TEST_F(moving, fork_leaves_the_parent_protected_and_the_child_not)
{
	COVERS(LC_FORK, LC_MIGRATE);
	struct stage *s = &self->s;
	ssize_t inherited = heir_protected_at_birth(&s->region);

	EXPECT_THAT(!inherited, EXTRA, "no page of the child protected; %zd are", inherited);
	ASSERT_OK(mover_finish(&self->mover));
	LOOK(s, &s->after);
	EXPECT_PAGES(s, &s->after, 0, s->region.pages, PRESENT | WP, WRITTEN);
}

TEST_F(moving, a_split_keeps_each_page_protected)
{
	COVERS(LC_SPLIT, LC_MIGRATE);
	struct stage *s = &self->s;

	ACT_BY(region_lock_and_unlock(&s->region, PAGE, PAGE + 1));
	ASSERT_OK(mover_finish(&self->mover));
	LOOK(s, &s->after);
	EXPECT_PAGES(s, &s->after, 0, s->region.pages, PRESENT | WP, WRITTEN);
	EXPECT_UNTOUCHED(s);
}

/* Not armed, and caught on the way. */
FIXTURE(moving_bare)
{
	struct stage s;
	struct mover mover;
};

FIXTURE_VARIANT(moving_bare)
{
	enum backing backing;
	enum region_mode mode;
	bool readonly;		/* entries of pages that nobody may write to are of another kind */
};

#define MOVING_BARE(name, back, how, ro) \
	FIXTURE_VARIANT_ADD(moving_bare, name) { .backing = back, .mode = how, .readonly = ro }

MOVING_BARE(sync_base, BASE_PAGES, SYNC, false);
MOVING_BARE(sync_anonthp, ANON_THP, SYNC, false);
MOVING_BARE(async_base, BASE_PAGES, ASYNC, false);
MOVING_BARE(async_anonthp, ANON_THP, ASYNC, false);
MOVING_BARE(async_base_readonly, BASE_PAGES, ASYNC, true);
MOVING_BARE(async_anonthp_readonly, ANON_THP, ASYNC, true);

FIXTURE_SETUP(moving_bare)
{
	CASE_REGISTERED_PAGES(&self->s, variant->mode, variant->backing, migrate_pages_of(variant->backing));
	if (variant->readonly)
		ASSERT_OK(region_allow(&self->s.region, 0, self->s.region.pages, PROT_READ));
	ARRANGE(mover_catch(&self->mover, &self->s.region, PAGE, &lack));
}

FIXTURE_TEARDOWN(moving_bare)
{
	mover_finish(&self->mover);
	stage_clear(&self->s);
}

static int arm(struct stage *s)
{
	return s->region.mode == ASYNC ? view_read_and_arm(&s->before, &s->region) :
	       stage_protect(s, 0, s->region.pages);
}

TEST_F(moving_bare, protecting_takes_effect)
{
	COVERS(LC_MIGRATE, WP_RANGE_EXACT, SC_WP_MATCHING);
	struct stage *s = &self->s;

	ACT_BY(arm(s));
	ASSERT_OK(mover_finish(&self->mover));
	LOOK(s, &s->after);
	EXPECT_PAGES(s, &s->after, 0, s->region.pages, PRESENT | WP, WRITTEN);
	EXPECT_UNTOUCHED(s);
}
