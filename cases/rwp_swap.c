// SPDX-License-Identifier: GPL-2.0
/*
 * Read-write protected pages that the kernel writes out to swap.
 * Why: eviction of cold pages is what this protection is for; one that comes back open is cold for ever after.
 */
#include "../common/swap.h"
#define CASE_PREPARE swap_prepare
#include "case.h"
#include "rwp_checks.h"

#define PAGES 16
#define PAGE 5
#define VALUE 0xa5

FIXTURE(rwp_swapped)
{
	struct stage s;
};

FIXTURE_VARIANT(rwp_swapped)
{
	enum region_mode mode;
};

FIXTURE_VARIANT_ADD(rwp_swapped, async) { .mode = ASYNC };
FIXTURE_VARIANT_ADD(rwp_swapped, sync) { .mode = SYNC };

FIXTURE_SETUP(rwp_swapped)
{
	struct stage *s = &self->s;

	CASE_AGENT(AGENT_LOAD);
	ARRANGE(swap_need(&lack));
	CASE_RWP(s, variant->mode, BASE_PAGES, PAGES);
	ARRANGE(swap_out(&s->region, 0, PAGES, &lack));
	LOOK(s, &s->before);
}

FIXTURE_TEARDOWN(rwp_swapped)
{
	stage_clear(&self->s);
}

/* Accesses @page, and where that must wait gives just this page back. */
static void access_page(struct __test_metadata *_metadata, struct stage *s, enum region_mode mode,
			enum agent_kind kind, size_t page)
{
	if (mode == ASYNC) {
		ACT(s, kind, page, VALUE);
		return;
	}
	START(s, &s->writer, kind, page, VALUE);
	OR_LEAVE(EXPECT_BLOCKED(s, &s->writer));
	ASSERT_ACCESS_EVENT(s, page, kind);
	ASSERT_OK(rwp_release(s, page, page + 1, 0));
	EXPECT_DONE(s, &s->writer);
	agent_free(&s->writer);
}

TEST_F(rwp_swapped, pages_are_neither_open_nor_accessed)
{
	COVERS(RW_PERSISTS);
	struct stage *s = &self->s;

	EXPECT_PAGES(s, &s->before, 0, PAGES, SWAPPED | WP, PRESENT);
	EXPECT_INVERSE(s, &s->before);
	access_page(_metadata, s, variant->mode, AGENT_LOAD, PAGE);
	access_page(_metadata, s, variant->mode, AGENT_STORE, PAGE + 1);
	EXPECT_NO_EVENT(s);
	LOOK(s, &s->after);
	EXPECT_INVERSE(s, &s->after);
	EXPECT_PAGES(s, &s->after, 0, PAGE, WP, 0);
	EXPECT_PAGES(s, &s->after, PAGE, PAGE + 2, PRESENT, WP);
	EXPECT_PAGES(s, &s->after, PAGE + 2, PAGES, WP, 0);
	ASSERT_OK(rwp_release(s, 0, PAGES, 0));
	EXPECT_WRITTEN_ONLY(s, AGENT_STORE, PAGE + 1, VALUE);
}

TEST_F(rwp_swapped, swapoff_brings_them_back_protected)
{
	COVERS(RW_PERSISTS);
	struct stage *s = &self->s;

	ASSERT_OK(swap_off());
	LOOK(s, &s->before);
	EXPECT_PAGES(s, &s->before, 0, PAGES, PRESENT | WP, 0);
	access_page(_metadata, s, variant->mode, AGENT_LOAD, PAGE);
	LOOK(s, &s->after);
	EXPECT_ACCESSED(s, PAGE);
}

TEST_F(rwp_swapped, giving_back_frees_exactly_its_pages)
{
	COVERS(RW_TRAPS);
	struct stage *s = &self->s;

	ASSERT_OK(rwp_release(s, PAGE, PAGE + 2, 0));
	LOOK(s, &s->after);
	EXPECT_INVERSE(s, &s->after);
	EXPECT_PAGES(s, &s->after, 0, PAGE, SWAPPED | WP, 0);
	EXPECT_PAGES(s, &s->after, PAGE, PAGE + 2, SWAPPED, WP);
	EXPECT_PAGES(s, &s->after, PAGE + 2, PAGES, SWAPPED | WP, 0);
	ACT(s, AGENT_STORE, PAGE, VALUE);
	EXPECT_NO_EVENT(s);
}
