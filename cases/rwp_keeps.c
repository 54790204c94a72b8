// SPDX-License-Identifier: GPL-2.0
/*
 * What read-write protection survives, and what it doesn't.
 * Why: a page that lost it looks cold for ever, one that got stuck looks hot, or can't be touched at all.
 */
#include <sys/mman.h>

#include "../common/mover.h"
#include "../common/reshape.h"
#include "case.h"
#include "rwp_checks.h"
#include "variants.h"

#define PAGE 5
#define FAR 40
/* A page that is changed on the way, to split what is huge. */
#define OTHER 20
#define VALUE 0xa5

static int locked_and_unlocked(struct stage *s, struct lack *lack)
{
	(void)lack;
	return region_lock_and_unlock(&s->region, 0, s->region.pages);
}

static int one_page_locked_and_unlocked(struct stage *s, struct lack *lack)
{
	(void)lack;
	return region_lock_and_unlock(&s->region, OTHER, OTHER + 1);
}

static int vma_split(struct stage *s, struct lack *lack)
{
	(void)lack;
	return region_split_vma(&s->region, OTHER);
}

static int forked(struct stage *s, struct lack *lack)
{
	int faults = rwp_faults_of_child(s, PAGE);

	(void)lack;
	return faults < 0 ? faults : 0;
}

static int protected_again(struct stage *s, struct lack *lack)
{
	(void)lack;
	return rwp_protect(s, 0, s->region.pages);
}

static int migrated(struct stage *s, struct lack *lack)
{
	return mover_move(&s->region, lack);
}

FIXTURE(rwp_kept)
{
	struct stage s;
};

FIXTURE_VARIANT(rwp_kept)
{
	enum backing backing;
	int (*happens)(struct stage *s, struct lack *lack);
	bool splits;
};

#define KEPT(name, back, what, cuts)						\
	FIXTURE_VARIANT_ADD(rwp_kept, name) { .backing = back, .happens = what, .splits = cuts }

KEPT(hugezero_mprotect, HUGE_ZERO, locked_and_unlocked, false);
KEPT(hugezero_mprotect_page, HUGE_ZERO, one_page_locked_and_unlocked, true);
KEPT(hugezero_vma_split, HUGE_ZERO, vma_split, true);
KEPT(hugezero_fork, HUGE_ZERO, forked, false);
KEPT(hugezero_protect, HUGE_ZERO, protected_again, false);
KEPT(anonthp_mprotect, ANON_THP, locked_and_unlocked, false);
KEPT(anonthp_mprotect_page, ANON_THP, one_page_locked_and_unlocked, true);
KEPT(anonthp_fork, ANON_THP, forked, false);
KEPT(anonthp_migrated, ANON_THP, migrated, false);
KEPT(zeroptes_mprotect, ZERO_PTES, locked_and_unlocked, false);
KEPT(base_mprotect, BASE_PAGES, locked_and_unlocked, false);
KEPT(base_fork, BASE_PAGES, forked, false);
KEPT(base_migrated, BASE_PAGES, migrated, false);
KEPT(base_protect, BASE_PAGES, protected_again, false);

FIXTURE_SETUP(rwp_kept)
{
	CASE_RWP(&self->s, ASYNC, variant->backing, matrix_pages(variant->backing));
}

FIXTURE_TEARDOWN(rwp_kept)
{
	stage_clear(&self->s);
}

TEST_F(rwp_kept, every_page_stays_protected_and_counts_accesses)
{
	COVERS(RW_PERSISTS, RW_ACCESSED);
	struct stage *s = &self->s;

	ARRANGE(variant->happens(s, &lack));
	LOOK(s, &s->before);
	EXPECT_PAGES(s, &s->before, 0, s->region.pages, PRESENT | WP, ACCESSED);
	if (variant->splits)
		EXPECT_PAGES(s, &s->before, 0, pmd_pages(), PRESENT | WP, ACCESSED | HUGE);

	ACT(s, AGENT_LOAD, PAGE, 0);
	LOOK(s, &s->after);
	EXPECT_ACCESSED(s, PAGE);
	ACT(s, AGENT_STORE, OTHER, VALUE);
	LOOK(s, &s->after);
	EXPECT_PAGES(s, &s->after, OTHER, OTHER + 1, PRESENT | ACCESSED, WP);
	EXPECT_WRITTEN_ONLY(s, AGENT_STORE, OTHER, VALUE);
}

FIXTURE(rwp_child)
{
	struct stage s;
};

FIXTURE_VARIANT(rwp_child)
{
	enum backing backing;
};

BACKING(rwp_child, hugezero, HUGE_ZERO);
BACKING(rwp_child, anonthp, ANON_THP);
BACKING(rwp_child, base, BASE_PAGES);

FIXTURE_SETUP(rwp_child)
{
	CASE_RWP(&self->s, SYNC, variant->backing, matrix_pages(variant->backing));
}

FIXTURE_TEARDOWN(rwp_child)
{
	stage_clear(&self->s);
}

TEST_F(rwp_child, reads_its_copy_without_a_fault)
{
	COVERS(RW_PERSISTS, LC_FORK);
	struct stage *s = &self->s;
	int faults = 1, i;

	/* Memory pressure may cost any read a fault, not every time. */
	for (i = 0; i < 3 && faults; i++)
		faults = rwp_faults_of_child(s, PAGE);
	EXPECT_THAT(!faults, EXTRA, "an unregistered child to read its copy as if nothing was protected; it takes %d faults",
		    faults);
	EXPECT_NO_EVENT(s);
}

TEST_F(rwp_child, writes_its_copy_and_nobody_is_told)
{
	COVERS(RW_PERSISTS, LC_FORK);
	struct stage *s = &self->s;

	ACT(s, AGENT_FORK_CHILD, PAGE, VALUE);
	EXPECT_NO_EVENT(s);
	LOOK(s, &s->after);
	EXPECT_PAGES(s, &s->after, 0, s->region.pages, PRESENT | WP, ACCESSED);
}

FIXTURE(rwp_holes)
{
	struct stage s;
};

FIXTURE_SETUP(rwp_holes)
{
	struct stage *s = &self->s;

	ARRANGE(stage_region(s, UNPOPULATED, 2 * pmd_pages(), &lack));
	ARRANGE(rwp_register(s, SYNC, 0, &lack));
	ASSERT_OK(rwp_protect(s, 0, s->region.pages));
	LOOK(s, &s->before);
}

FIXTURE_TEARDOWN(rwp_holes)
{
	stage_clear(&self->s);
}

TEST_F(rwp_holes, are_not_protected_nor_is_what_fills_them)
{
	COVERS(RW_UNPOPULATED);
	struct stage *s = &self->s;

	EXPECT_PAGES(s, &s->before, 0, s->region.pages, 0, PRESENT | SWAPPED | WP | ACCESSED);
	ACT(s, AGENT_LOAD, PAGE, 0);
	ACT(s, AGENT_STORE, pmd_pages() + PAGE, VALUE);
	LOOK(s, &s->after);
	EXPECT_PAGES(s, &s->after, PAGE, PAGE + 1, PRESENT | ACCESSED, WP);
	EXPECT_PAGES(s, &s->after, pmd_pages() + PAGE, pmd_pages() + PAGE + 1, PRESENT | ACCESSED, WP);
	EXPECT_PAGES(s, &s->after, 0, s->region.pages, 0, WP);
	EXPECT_NO_EVENT(s);
}

FIXTURE(rwp_dropped)
{
	struct stage s;
};

FIXTURE_VARIANT(rwp_dropped)
{
	enum backing backing;
};

BACKING(rwp_dropped, hugezero, HUGE_ZERO);
BACKING(rwp_dropped, base, BASE_PAGES);

FIXTURE_SETUP(rwp_dropped)
{
	CASE_RWP(&self->s, SYNC, variant->backing, matrix_pages(variant->backing));
}

FIXTURE_TEARDOWN(rwp_dropped)
{
	stage_clear(&self->s);
}

TEST_F(rwp_dropped, pages_come_back_unprotected)
{
	COVERS(RW_UNPOPULATED);
	struct stage *s = &self->s;

	ACT_BY(region_advise(&s->region, PAGE, FAR, MADV_DONTNEED));
	LOOK(s, &s->after);
	EXPECT_PAGES(s, &s->after, PAGE, FAR, 0, PRESENT | WP | ACCESSED);
	EXPECT_PAGES(s, &s->after, 0, PAGE, PRESENT | WP, ACCESSED);
	EXPECT_PAGES(s, &s->after, FAR, s->region.pages, PRESENT | WP, ACCESSED);
	ACT(s, AGENT_STORE, PAGE, VALUE);
	LOOK(s, &s->after);
	EXPECT_PAGES(s, &s->after, PAGE, PAGE + 1, PRESENT | ACCESSED, WP);
	EXPECT_NO_EVENT(s);
}

FIXTURE(rwp_moved)
{
	struct stage s, left;
};

FIXTURE_VARIANT(rwp_moved)
{
	enum backing backing;
};

BACKING(rwp_moved, hugezero, HUGE_ZERO);
BACKING(rwp_moved, anonthp, ANON_THP);
BACKING(rwp_moved, base, BASE_PAGES);

FIXTURE_SETUP(rwp_moved)
{
	CASE_RWP(&self->s, SYNC, variant->backing, pmd_pages());
	ARRANGE(stage_region(&self->left, UNPOPULATED, self->s.region.pages, &lack));
}

FIXTURE_TEARDOWN(rwp_moved)
{
	stage_clear(&self->s);
	stage_clear(&self->left);
}

TEST_F(rwp_moved, pages_are_open_where_nothing_is_registered)
{
	COVERS(LC_MREMAP);
	struct stage *s = &self->s;

	ACT_BY(region_move(&s->region, 0, &self->left.region));
	LOOK(s, &s->after);
	EXPECT_PAGES(s, &s->after, 0, s->region.pages, PRESENT, WP | ACCESSED);
	ACT(s, AGENT_STORE, PAGE, VALUE);
	EXPECT_NO_EVENT(s);
	EXPECT_WRITTEN_ONLY(s, AGENT_STORE, PAGE, VALUE);
}
