// SPDX-License-Identifier: GPL-2.0
/*
 * Arming and un-arming: exactly the pages asked for, however they are backed, and nothing by reading.
 * Why: a page too few is a write that nobody hears of; a page too many, or one that a read un-arms, is a fault that
 * costs as much as the write it was to find.
 */
#include <sys/mman.h>

#include "../common/reshape.h"
#include "case.h"
#include "flip.h"
#include "variants.h"

#define PAGE 5
/* The last page of a PMD on most machines, inside one on all. */
#define FAR 511
#define HALF 256
#define VALUE 0xa5

FIXTURE(reading)
{
	struct stage s;
};

FIXTURE_VARIANT(reading)
{
	enum backing backing;
	enum region_mode mode;
};

#define READING(name, back, how) FIXTURE_VARIANT_ADD(reading, name) { .backing = back, .mode = how }

READING(sync_hugezero, HUGE_ZERO, SYNC);
READING(sync_zeroptes, ZERO_PTES, SYNC);
READING(sync_anonthp, ANON_THP, SYNC);
READING(sync_ptethp, PTE_THP, SYNC);
READING(sync_base, BASE_PAGES, SYNC);
READING(sync_unpopulated, UNPOPULATED, SYNC);
/* Of present PTEs one kind must do: it is the set-up that costs. */
READING(async_hugezero, HUGE_ZERO, ASYNC);
READING(async_zeroptes, ZERO_PTES, ASYNC);
READING(async_anonthp, ANON_THP, ASYNC);
READING(async_unpopulated, UNPOPULATED, ASYNC);

FIXTURE_SETUP(reading)
{
	CASE_AGENT(AGENT_LOAD);
	CASE_STAGE(&self->s, variant->mode, variant->backing, 1);
}

FIXTURE_TEARDOWN(reading)
{
	stage_clear(&self->s);
}

/* Those that need nothing of the machine; readers.c has the others. */
static const enum agent_kind readers[] = {
	AGENT_LOAD, AGENT_WRITE, AGENT_SEND, AGENT_VMSPLICE_FROM, AGENT_FUTEX_WAIT, AGENT_PROC_MEM_READ,
};

TEST_F(reading, keeps_the_protection)
{
	COVERS(WP_READ_KEEPS);
	struct stage *s = &self->s;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(readers); i++)
		ACT(s, readers[i], PAGE + i, 0);
	ACT(s, AGENT_VM_READV, FAR, 0);
	EXPECT_NO_EVENT(s);
	LOOK(s, &s->after);

	/* What was read may have been populated, where it wasn't. */
	EXPECT_PAGES(s, &s->after, 0, s->region.pages, WP, WRITTEN);
	EXPECT_SAME_IN(s, &s->before, &s->after, 0, PAGE);
	EXPECT_SAME_IN(s, &s->before, &s->after, PAGE + i, FAR);
	EXPECT_UNTOUCHED(s);
}

FIXTURE(range)
{
	struct stage s;
	size_t border;		/* where the second PMD begins */
};

FIXTURE_VARIANT(range)
{
	enum backing backing;
	size_t pmds;		/* those with content cost the more */
};

#define RANGE(name, back, n) FIXTURE_VARIANT_ADD(range, name) { .backing = back, .pmds = n }

RANGE(hugezero, HUGE_ZERO, 3);
RANGE(zeroptes, ZERO_PTES, 3);
RANGE(anonthp, ANON_THP, 2);
RANGE(ptethp, PTE_THP, 2);
RANGE(base, BASE_PAGES, 2);
RANGE(unpopulated, UNPOPULATED, 3);
RANGE(shmemcached, SHMEM_CACHED, 2);
RANGE(shmemthp, SHMEM_THP, 2);

FIXTURE_SETUP(range)
{
	CASE_REGISTERED(&self->s, SYNC, variant->backing, variant->pmds);
	self->border = pmd_pages();
	LOOK(&self->s, &self->s.before);
}

FIXTURE_TEARDOWN(range)
{
	stage_clear(&self->s);
}

TEST_F(range, each_call_changes_exactly_its_pages)
{
	COVERS(WP_RANGE_EXACT, PM_BIT57);
	size_t border = self->border;
	struct stage *s = &self->s;

	/* One page of an unprotected PMD; then up to three pages of the last PMD, a whole one between where there is one. */
	PROTECTS(s, PAGE, PAGE + 1);
	PROTECTS(s, border - 3, s->region.pages - border + 3);
	UNPROTECTS(s, border + 1, border + 2);
	PROTECTS(s, border + 1, border + 2);
	UNPROTECTS(s, border - 2, border + 1);
}

FIXTURE(vmas)
{
	struct stage s;
};

FIXTURE_SETUP(vmas)
{
	CASE_REGISTERED(&self->s, SYNC, BASE_PAGES, 1);
	ASSERT_OK(region_split_vma(&self->s.region, HALF));
	LOOK(&self->s, &self->s.before);
}

FIXTURE_TEARDOWN(vmas)
{
	stage_clear(&self->s);
}

TEST_F(vmas, a_range_over_two_vmas_changes_exactly_its_pages)
{
	COVERS(WP_RANGE_EXACT);
	struct stage *s = &self->s;

	PROTECTS(s, HALF - 3, HALF + 3);
	UNPROTECTS(s, HALF - 1, HALF + 1);
}

FIXTURE(repeated)
{
	struct stage s;
};

FIXTURE_VARIANT(repeated)
{
	enum backing backing;
};

BACKING(repeated, hugezero, HUGE_ZERO);
BACKING(repeated, anonthp, ANON_THP);
BACKING(repeated, base, BASE_PAGES);
BACKING(repeated, unpopulated, UNPOPULATED);

FIXTURE_SETUP(repeated)
{
	CASE_REGISTERED(&self->s, SYNC, variant->backing, 1);
	LOOK(&self->s, &self->s.before);
}

FIXTURE_TEARDOWN(repeated)
{
	stage_clear(&self->s);
}

TEST_F(repeated, calls_change_nothing)
{
	COVERS(WP_IDEMPOTENT);
	struct stage *s = &self->s;

	ASSERT_OK(stage_unprotect(s, 0, s->region.pages, 0));
	LOOK(s, &s->after);
	EXPECT_SAME(s, &s->before, &s->after);

	ASSERT_OK(stage_protect(s, 0, s->region.pages));
	LOOK(s, &s->before);
	ASSERT_OK(stage_protect(s, 0, s->region.pages));
	LOOK(s, &s->after);
	EXPECT_SAME(s, &s->before, &s->after);
	EXPECT_PAGES(s, &s->after, 0, s->region.pages, WP, WRITTEN);
}
