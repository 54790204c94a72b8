// SPDX-License-Identifier: GPL-2.0
/*
 * Shared memory whose file changes under its protection: holes are punched, it is cut, reclaim takes its pages away.
 * Why: what reads zero from now on has changed, and whoever saves what was written must hear of it; what is only out of
 * sight has not, and its next write must still be caught.
 */
#include <sys/mman.h>

#include "../common/region_file.h"
#include "../common/reshape.h"
#include "case.h"
#include "variants.h"

#ifndef MADV_PAGEOUT
#define MADV_PAGEOUT 21
#endif

#define PAGE 5
#define END 9
#define VALUE 0xa5

static int by_remove(struct stage *s)
{
	return region_advise(&s->region, PAGE, PAGE + 1, MADV_REMOVE);
}

FIXTURE(shmem_removed)
{
	struct stage s;
};

FIXTURE_VARIANT(shmem_removed)
{
	enum backing backing;
};

BACKING(shmem_removed, base, SHMEM);
BACKING(shmem_removed, cached, SHMEM_CACHED);
BACKING(shmem_removed, thp, SHMEM_THP);

FIXTURE_SETUP(shmem_removed)
{
	CASE_AGENT(AGENT_STORE);
	CASE_STAGE_PAGES(&self->s, ASYNC, variant->backing, matrix_pages(variant->backing));
}

FIXTURE_TEARDOWN(shmem_removed)
{
	stage_clear(&self->s);
}

/* userfaultfd.rst: MADV_REMOVE is treated as dirtying by dropping the bit. */
TEST_F(shmem_removed, page_counts_as_written)
{
	COVERS(LC_ZAP, PM_WRITTEN);
	struct stage *s = &self->s;

	ACT_BY(by_remove(s));
	LOOK(s, &s->after);
	EXPECT_PAGES(s, &s->after, PAGE, PAGE + 1, WRITTEN, PRESENT | WP);
}

TEST_F(shmem_removed, others_stay_protected)
{
	COVERS(LC_ZAP, WP_PERSISTS);
	struct stage *s = &self->s;

	ACT_BY(by_remove(s));
	LOOK(s, &s->after);
	EXPECT_PAGES(s, &s->after, 0, PAGE, WP, WRITTEN);
	EXPECT_PAGES(s, &s->after, PAGE + 1, s->region.pages, WP, WRITTEN);
	ACT(s, AGENT_STORE, PAGE + 1, VALUE);
	LOOK(s, &s->after);
	EXPECT_PAGES(s, &s->after, PAGE + 1, PAGE + 2, PRESENT | FILE_BACKED | WRITTEN, WP);
}

/* The file changes past the mapping: what of it counts as written is nowhere said. */
static int by_punching(struct stage *s)
{
	return region_punch(&s->region, PAGE, END);
}

static int by_cutting(struct stage *s)
{
	return region_cut_file(&s->region, END - 1);
}

static int by_reclaim(struct stage *s)
{
	return region_advise(&s->region, 0, s->region.pages, MADV_PAGEOUT);
}

FIXTURE(shmem_changed)
{
	struct stage s;
};

FIXTURE_VARIANT(shmem_changed)
{
	enum backing backing;
	int (*act)(struct stage *s);
	size_t first, end;	/* the pages that are as they were */
};

#define CHANGED(name, back, how, from, to) \
	FIXTURE_VARIANT_ADD(shmem_changed, name) { .backing = back, .act = how, .first = from, .end = to }

CHANGED(punched, SHMEM, by_punching, END, MATRIX_FEW);
CHANGED(punched_thp, SHMEM_THP, by_punching, END, 512);
CHANGED(cut, SHMEM, by_cutting, 0, END - 1);
CHANGED(reclaimed, SHMEM, by_reclaim, 0, MATRIX_FEW);

FIXTURE_SETUP(shmem_changed)
{
	CASE_AGENT(AGENT_STORE);
	CASE_STAGE_PAGES(&self->s, SYNC, variant->backing, matrix_pages(variant->backing));
}

FIXTURE_TEARDOWN(shmem_changed)
{
	stage_clear(&self->s);
}

TEST_F(shmem_changed, pages_as_they_were_stay_protected_and_a_store_is_caught)
{
	COVERS(WP_PERSISTS, LC_ZAP);
	struct stage *s = &self->s;
	size_t page = variant->first + 1;

	ACT_BY(variant->act(s));
	LOOK(s, &s->after);
	EXPECT_PAGES(s, &s->after, variant->first, variant->end, WP, WRITTEN);
	ASSERT_CAUGHT(s, page, VALUE);
	ASSERT_OK(stage_unprotect(s, page, page + 1, 0));
	ASSERT_DONE(s, &s->writer);
	LOOK(s, &s->after);
	EXPECT_PAGES(s, &s->after, variant->first, page, WP, WRITTEN);
	EXPECT_PAGES(s, &s->after, page + 1, variant->end, WP, WRITTEN);
}
