// SPDX-License-Identifier: GPL-2.0
/*
 * Protected pages of equal content that the kernel makes one page of (KSM).
 * Why: merging replaces a page table entry by a new one; a bit that isn't carried over is a write that nobody hears of.
 */
#include <sys/mman.h>

#include "../common/ksm.h"
#define CASE_PREPARE ksm_prepare
#include "../common/reshape.h"
#include "case.h"
#include "softdirty.h"
#include "variants.h"

#define PAGES 16
#define PAGE 5
#define VALUE 0xa5

FIXTURE(merged)
{
	struct stage s;
};

FIXTURE_SETUP(merged)
{
	struct stage *s = &self->s;

	CASE_AGENT(AGENT_STORE);
	CASE_REGISTERED_PAGES(s, SYNC, BASE_PAGES, PAGES);
	memset(s->region.start, VALUE, PAGES * page_size());
	ASSERT_OK(stage_protect(s, 0, PAGES));
	LOOK(s, &s->before);
	ARRANGE(ksm_merge(&s->region, &lack));
}

FIXTURE_TEARDOWN(merged)
{
	stage_clear(&self->s);
}

TEST_F(merged, pages_stay_protected_and_a_store_is_caught)
{
	COVERS(WP_PERSISTS);
	struct stage *s = &self->s;

	LOOK(s, &s->after);
	OR_LEAVE(EXPECT_SAME(s, &s->before, &s->after));

	ASSERT_CAUGHT(s, PAGE, VALUE);
}

/* Written since the soft-dirty bits were cleared, and merged after that. */
FIXTURE(merged_dirty)
{
	struct stage s;
};

FIXTURE_SETUP(merged_dirty)
{
	struct stage *s = &self->s;

	ARRANGE(stage_region(s, BASE_PAGES, PAGES, &lack));
	NEEDS_SOFT_DIRTY(s);
	/* Before the bits are cleared: advice may merge the VMA with another, which makes all of it soft-dirty. */
	ASSERT_OK(region_advise(&s->region, 0, PAGES, MADV_MERGEABLE));
	ASSERT_OK(settings_write(CLEAR_REFS, "4"));
	memset(s->region.start, VALUE, PAGES * page_size());
	ARRANGE(ksm_merge(&s->region, &lack));
}

FIXTURE_TEARDOWN(merged_dirty)
{
	stage_clear(&self->s);
}

TEST_F(merged_dirty, pages_stay_soft_dirty)
{
	COVERS(SC_MASKS);
	struct stage *s = &self->s;

	LOOK(s, &s->after);
	EXPECT_PAGES(s, &s->after, 0, PAGES, PRESENT | ANON, 0);
	EXPECT_SOFT_DIRTY(&s->after, PAGES);
}
