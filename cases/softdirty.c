// SPDX-License-Identifier: GPL-2.0
/*
 * The soft-dirty bit of huge pages that are split: what PAGEMAP_SCAN reports beside written.
 * Why: a checkpointer that goes by it takes only what is soft-dirty since its last pass; a bit that a split forgets is a
 * page that is missing from the checkpoint.
 */
#include <sys/mman.h>

#include "../common/reshape.h"
#include "case.h"
#include "softdirty.h"
#include "variants.h"

#define PAGE 5

/* Moved by mremap(2) after the bits were cleared: each page is soft-dirty. */
FIXTURE(softdirty)
{
	struct stage s;
	struct region left;	/* where the pages went, and after that what stays behind */
};

FIXTURE_VARIANT(softdirty)
{
	enum backing backing;
};

BACKING(softdirty, hugezero, HUGE_ZERO);
BACKING(softdirty, anonthp, ANON_THP);

FIXTURE_SETUP(softdirty)
{
	struct stage *s = &self->s;

	ARRANGE(stage_region(s, variant->backing, pmd_pages(), &lack));
	NEEDS_SOFT_DIRTY(s);
	ASSERT_OK(region_make(&self->left, UNPOPULATED, 1));
	ASSERT_OK(settings_write(CLEAR_REFS, "4"));
	ACT_BY(region_move(&s->region, 0, &self->left));
	LOOK(s, &s->before);
	EXPECT_PAGES(s, &s->before, 0, s->region.pages, PRESENT | HUGE, 0);
	EXPECT_SOFT_DIRTY(&s->before, s->region.pages);
}

FIXTURE_TEARDOWN(softdirty)
{
	stage_clear(&self->s);
	region_free(&self->left);
}

TEST_F(softdirty, split_keeps_the_bit_on_each_page)
{
	COVERS(SC_MASKS);
	struct stage *s = &self->s;

	ACT_BY(region_allow(&s->region, PAGE, PAGE + 1, PROT_READ));
	LOOK(s, &s->after);
	EXPECT_PAGES(s, &s->after, 0, s->region.pages, PRESENT, HUGE);
	EXPECT_SOFT_DIRTY(&s->after, s->region.pages);
}

TEST_F(softdirty, clearing_clears_it_on_each_page)
{
	COVERS(SC_MASKS);
	struct stage *s = &self->s;

	ACT_BY(settings_write(CLEAR_REFS, "4"));
	LOOK(s, &s->after);
	EXPECT_PAGES(s, &s->after, 0, s->region.pages, PRESENT | HUGE, 0);
	EXPECT_SOFT_DIRTY(&s->after, 0);
}
