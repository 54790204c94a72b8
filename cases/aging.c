// SPDX-License-Identifier: GPL-2.0
/*
 * Protected pages that the kernel ages, and huge ones that it breaks up for it.
 * Why: part of a huge page going cold splits the folio itself, each page by way of a migration entry, and pages that
 * hold only zeros are given back: all of it behind the process's back, and with its protection.
 */
#include <sys/mman.h>

#include "../common/reshape.h"
#include "case.h"
#include "variants.h"

#ifndef MADV_COLD
#define MADV_COLD 20
#define MADV_PAGEOUT 21
#endif

#define PAGE 5
/* Pages [FIRST, END) hold zeros. */
#define FIRST 8
#define END 12
#define VALUE 0xa5

/* In the middle of a huge folio: splits it. */
static int cool_in_part(struct stage *s)
{
	return region_advise(&s->region, 0, PAGE, MADV_COLD);
}

FIXTURE(aged)
{
	struct stage s;
};

FIXTURE_VARIANT(aged)
{
	enum backing backing;
};

BACKING(aged, hugezero, HUGE_ZERO);
BACKING(aged, anonthp, ANON_THP);
BACKING(aged, ptethp, PTE_THP);
BACKING(aged, base, BASE_PAGES);
BACKING(aged, shmem, SHMEM);

FIXTURE_SETUP(aged)
{
	CASE_AGENT(AGENT_STORE);
	CASE_STAGE_PAGES(&self->s, SYNC, variant->backing, matrix_pages(variant->backing));
}

FIXTURE_TEARDOWN(aged)
{
	stage_clear(&self->s);
}

TEST_F(aged, pages_stay_protected_and_a_store_is_caught)
{
	COVERS(WP_PERSISTS, LC_SPLIT);
	struct stage *s = &self->s;

	ACT_BY(cool_in_part(s));
	LOOK(s, &s->after);
	EXPECT_PAGES(s, &s->after, 0, s->region.pages, PRESENT | WP, WRITTEN);
	EXPECT_UNTOUCHED(s);

	ASSERT_CAUGHT(s, PAGE, VALUE);
	EXPECT_UNTOUCHED(s);
}

FIXTURE(aged_zeros)
{
	struct stage s;
	struct change changes[2 * sizeof(uint64_t) * (END - FIRST)];
	size_t n;
};

/* Takes the pattern's two words from a page. */
static size_t blank(struct stage *s, size_t page, struct change *c)
{
	size_t start = page * page_size(), last = start + page_size() - sizeof(uint64_t), i;

	for (i = 0; i < sizeof(uint64_t); i++) {
		c[2 * i] = (struct change){ start + i, 0 };
		c[2 * i + 1] = (struct change){ last + i, 0 };
		s->region.start[start + i] = 0;
		s->region.start[last + i] = 0;
	}
	return 2 * sizeof(uint64_t);
}

FIXTURE_SETUP(aged_zeros)
{
	struct stage *s = &self->s;
	size_t page;

	CASE_AGENT(AGENT_STORE);
	CASE_REGISTERED(s, SYNC, ANON_THP, 1);
	for (page = FIRST; page < END; page++)
		self->n += blank(s, page, self->changes + self->n);
	ASSERT_OK(stage_protect(s, 0, s->region.pages));
	LOOK(s, &s->before);
}

FIXTURE_TEARDOWN(aged_zeros)
{
	stage_clear(&self->s);
}

TEST_F(aged_zeros, pages_of_zeros_stay_protected_too)
{
	COVERS(LC_SPLIT, WP_PERSISTS);
	struct stage *s = &self->s;

	ACT_BY(cool_in_part(s));
	LOOK(s, &s->after);
	EXPECT_PAGES(s, &s->after, 0, s->region.pages, PRESENT | WP, WRITTEN);
	EXPECT_CONTENT(s, self->changes, self->n);

	ASSERT_CAUGHT(s, FIRST, VALUE);
}

FIXTURE(lazily_freed)
{
	struct stage s;
};

FIXTURE_SETUP(lazily_freed)
{
	CASE_AGENT(AGENT_STORE);
	CASE_REGISTERED(&self->s, ASYNC, ANON_THP, 1);
	ASSERT_OK(region_advise(&self->s.region, 0, self->s.region.pages, MADV_FREE));
}

FIXTURE_TEARDOWN(lazily_freed)
{
	stage_clear(&self->s);
}

/* Reclaim may take what was freed; what was written since then it must not. */
TEST_F(lazily_freed, store_outlives_reclaim_and_is_reported)
{
	COVERS(WP_NO_LOST_WRITE, LC_ZAP);
	struct stage *s = &self->s;

	ACT(s, AGENT_STORE, PAGE, VALUE);
	ACT_BY(region_advise(&s->region, 0, s->region.pages, MADV_PAGEOUT));
	LOOK(s, &s->after);
	EXPECT_PAGES(s, &s->after, PAGE, PAGE + 1, WRITTEN, WP);
	EXPECT_THAT(*stage_page(s, PAGE) == (char)VALUE, LOST, "page %d to hold what was stored", PAGE);
}

FIXTURE(scanned)
{
	struct stage s;
};

FIXTURE_VARIANT(scanned)
{
	enum backing backing;
};

BACKING(scanned, anonthp, ANON_THP);
BACKING(scanned, base, BASE_PAGES);
BACKING(scanned, shmem, SHMEM);
BACKING(scanned, shmemthp, SHMEM_THP);

FIXTURE_SETUP(scanned)
{
	CASE_REGISTERED_PAGES(&self->s, ASYNC, variant->backing, matrix_pages(variant->backing));
	LOOK_AT_BOOKS(&self->s, &self->s.before);
}

FIXTURE_TEARDOWN(scanned)
{
	stage_clear(&self->s);
}

/* Reclaim drops what is clean. */
TEST_F(scanned, protecting_leaves_pages_dirty)
{
	COVERS(SC_WP_MATCHING, WP_NO_LOST_WRITE);
	struct stage *s = &self->s;
	size_t dirty = s->before.smaps.dirty;

	ACT_BY(view_read_and_arm(&s->after, &s->region));
	LOOK_AT_BOOKS(s, &s->after);
	EXPECT_PAGES(s, &s->after, 0, s->region.pages, WP, WRITTEN);
	EXPECT_THAT(s->after.smaps.dirty == dirty, LOST, "%zu KiB still dirty; %zu are", dirty / 1024,
		    s->after.smaps.dirty / 1024);
}
