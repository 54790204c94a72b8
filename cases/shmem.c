// SPDX-License-Identifier: GPL-2.0
/*
 * Shared memory: what is protected is a place in one mapping, whether a page of the file is mapped there or not.
 * Why: the file's pages come and go, and others map them too; a place that loses its bit with its page is a write that
 * nobody hears of, and one that guards others' mappings stops who has nothing to do with it.
 */
#include <sys/mman.h>

#include "../common/heir.h"
#include "../common/region_file.h"
#include "../common/reshape.h"
#include "case.h"
#include "variants.h"

#ifndef MADV_COLLAPSE
#define MADV_COLLAPSE 25
#endif

#ifndef MADV_POPULATE_READ
#define MADV_POPULATE_READ 22
#endif

#define PAGES MATRIX_FEW
#define PAGE 5
/* Not in the file. */
#define HOLE 8
#define HOLE_END 16
#define VALUE 0xa5

/* Pages in the page cache and holes in the file, none mapped; no feature for unpopulated memory. */
FIXTURE(shmem_unmapped)
{
	struct stage s;
};

FIXTURE_SETUP(shmem_unmapped)
{
	struct stage *s = &self->s;

	CASE_AGENT(AGENT_STORE);
	ARRANGE(stage_region(s, SHMEM_CACHED, PAGES, &lack));
	ASSERT_OK(region_punch(&s->region, HOLE, HOLE_END));
	ARRANGE(stage_open(s, UFFD_FEATURE_PAGEFAULT_FLAG_WP | UFFD_FEATURE_WP_HUGETLBFS_SHMEM, &lack));
	ASSERT_OK(stage_attach(s, SYNC));
	ASSERT_OK(stage_protect(s, 0, PAGES));
	LOOK(s, &s->before);
}

FIXTURE_TEARDOWN(shmem_unmapped)
{
	stage_clear(&self->s);
}

TEST_F(shmem_unmapped, pages_are_protected_without_a_feature)
{
	COVERS(WP_UNPOPULATED, EV_ONE);
	const size_t both[] = { PAGE, HOLE };
	struct stage *s = &self->s;

	EXPECT_PAGES(s, &s->before, 0, PAGES, WP, PRESENT | WRITTEN);
	START(s, &s->writer, AGENT_STORE, PAGE, VALUE);
	START(s, &s->second, AGENT_STORE, HOLE, VALUE);
	ASSERT_EVENTS(s, both, 2);
	EXPECT_BLOCKED(s, &s->writer);
	EXPECT_BLOCKED(s, &s->second);
}

TEST_F(shmem_unmapped, pages_populated_by_reading_stay_protected)
{
	COVERS(WP_POPULATE_KEEPS, WP_READ_KEEPS);
	struct stage *s = &self->s;

	ACT(s, AGENT_LOAD, PAGE, 0);
	ACT(s, AGENT_VM_READV, HOLE, 0);
	EXPECT_NO_EVENT(s);
	LOOK(s, &s->after);
	EXPECT_PAGES(s, &s->after, 0, PAGES, WP, WRITTEN);
	EXPECT_PAGES(s, &s->after, PAGE, PAGE + 1, PRESENT | FILE_BACKED, 0);
	EXPECT_PAGES(s, &s->after, HOLE, HOLE + 1, PRESENT | FILE_BACKED, 0);
	ASSERT_CAUGHT(s, PAGE, VALUE);
}

/* Dropped from the mapping; the file keeps its pages. */
FIXTURE(shmem_dropped)
{
	struct stage s;
};

FIXTURE_VARIANT(shmem_dropped)
{
	enum region_mode mode;
	enum backing backing;
};

FIXTURE_VARIANT_ADD(shmem_dropped, sync) { .mode = SYNC, .backing = SHMEM };
FIXTURE_VARIANT_ADD(shmem_dropped, async) { .mode = ASYNC, .backing = SHMEM };
/* Protecting unmaps it, reading maps its pages one by one. */
FIXTURE_VARIANT_ADD(shmem_dropped, sync_thp) { .mode = SYNC, .backing = SHMEM_THP };

FIXTURE_SETUP(shmem_dropped)
{
	struct stage *s = &self->s;

	CASE_AGENT(AGENT_STORE);
	CASE_STAGE_PAGES(s, variant->mode, variant->backing, matrix_pages(variant->backing));
	ASSERT_OK(region_advise(&s->region, 0, s->region.pages, MADV_POPULATE_READ));
}

FIXTURE_TEARDOWN(shmem_dropped)
{
	stage_clear(&self->s);
}

TEST_F(shmem_dropped, pages_stay_protected)
{
	COVERS(LC_ZAP, WP_PERSISTS);
	struct stage *s = &self->s;

	ACT_BY(region_advise(&s->region, 0, s->region.pages, MADV_DONTNEED));
	LOOK(s, &s->after);
	EXPECT_PAGES(s, &s->after, 0, s->region.pages, WP, PRESENT | WRITTEN);
	ACT(s, AGENT_LOAD, PAGE, 0);
	LOOK(s, &s->after);
	EXPECT_PAGES(s, &s->after, 0, s->region.pages, WP, WRITTEN);
	EXPECT_UNTOUCHED(s);
}

TEST_F(shmem_dropped, page_stays_protected_among_the_others)
{
	COVERS(LC_ZAP, WP_PERSISTS);
	struct stage *s = &self->s;

	ACT_BY(region_advise(&s->region, PAGE, PAGE + 1, MADV_DONTNEED));
	LOOK(s, &s->after);
	EXPECT_PAGES(s, &s->after, 0, s->region.pages, WP, WRITTEN);
	EXPECT_PAGES(s, &s->after, PAGE, PAGE + 1, 0, PRESENT);
}

/* Two mappings of one file; nobody guards the other. */
FIXTURE(shmem_two)
{
	struct stage s;
	struct region other;
};

FIXTURE_SETUP(shmem_two)
{
	struct stage *s = &self->s;

	CASE_AGENT(AGENT_STORE);
	ARRANGE(stage_region(s, SHMEM, pmd_pages(), &lack));
	ASSERT_OK(region_map_again(&self->other, &s->region));
	ARRANGE(stage_register(s, SYNC, 0, &lack));
	ASSERT_OK(stage_protect(s, 0, PAGES));
	LOOK(s, &s->before);
}

FIXTURE_TEARDOWN(shmem_two)
{
	stage_clear(&self->s);
	region_free(&self->other);
}

TEST_F(shmem_two, the_other_mapping_is_not_protected)
{
	COVERS(WP_RANGE_EXACT, EV_ONE);
	struct stage *s = &self->s;

	*region_page(&self->other, PAGE) = VALUE;
	EXPECT_NO_EVENT(s);
	EXPECT_THAT(!heir_protected(0, &self->other), EXTRA, "no page of the other mapping protected");
	LOOK(s, &s->after);
	EXPECT_SAME(s, &s->before, &s->after);
	EXPECT_THAT(*stage_page(s, PAGE) == (char)VALUE, LOST, "page %d to hold what was stored by the other mapping", PAGE);
}

TEST_F(shmem_two, a_waiting_store_shows_in_neither)
{
	COVERS(EV_CONTENT_HELD);
	const struct region *other = &self->other;
	struct stage *s = &self->s;
	char before = *region_page(other, PAGE);

	ASSERT_CAUGHT(s, PAGE, VALUE);
	EXPECT_THAT(*region_page(other, PAGE) == before, LOST, "page %d of the other mapping unchanged", PAGE);
	ASSERT_OK(stage_unprotect(s, PAGE, PAGE + 1, 0));
	ASSERT_DONE(s, &s->writer);
	EXPECT_THAT(*region_page(other, PAGE) == (char)VALUE, LOST, "page %d of the other mapping to hold the store", PAGE);
	EXPECT_WRITTEN_ONLY(s, AGENT_STORE, PAGE, VALUE);
}

/* Whether it collapses anything is the kernel's business. */
static int collapse(const struct region *r)
{
	region_advise(r, 0, r->pages, MADV_COLLAPSE);
	return 0;
}

TEST_F(shmem_two, pages_collapsed_by_the_other_mapping_keep_their_protection)
{
	COVERS(LC_COLLAPSE, WP_PERSISTS);
	struct stage *s = &self->s;

	ASSERT_OK(region_advise(&s->region, 0, PAGE, MADV_DONTNEED));
	ACT_BY(collapse(&self->other));
	LOOK(s, &s->after);
	EXPECT_PAGES(s, &s->after, 0, PAGES, WP, WRITTEN);
	EXPECT_PAGES(s, &s->after, PAGES, s->region.pages, 0, WP);
	EXPECT_UNTOUCHED(s);
	ASSERT_CAUGHT(s, PAGE, VALUE);
}
