// SPDX-License-Identifier: GPL-2.0
/*
 * What happens to protection when the mapping changes under it: a PMD is split, pages are dropped.
 * Why: programs call mprotect, madvise and munmap without a thought of who tracks them; a page that loses its bit on
 * the way is a write that nobody hears of, and dropped data that isn't reported is restored by whoever tracked it.
 */
#include <sys/mman.h>

#include "../common/reshape.h"
#include "case.h"
#include "variants.h"

#define PAGE 5
/* The last page of a PMD on most machines, inside one on all. */
#define FAR 511
#define VALUE 0xa5

/* Each splits the PMD at PAGE or FAR, and changes that page at most. */
static int by_mprotect(struct stage *s)
{
	return region_lock_and_unlock(&s->region, PAGE, PAGE + 1);
}

static int by_dontneed(struct stage *s)
{
	return region_advise(&s->region, PAGE, PAGE + 1, MADV_DONTNEED);
}

static int by_unprotect(struct stage *s)
{
	return stage_unprotect(s, PAGE, PAGE + 1, 0);
}

static int by_munmap(struct stage *s)
{
	return region_cut(&s->region, FAR);
}

/* Nothing to say where the kernel found a way to keep the PMD whole. */
#define NEEDS_SPLIT(s) do {							\
	if ((s)->after.page[0] & HUGE)						\
		SKIP(return, "the PMD stayed whole");				\
} while (0)

FIXTURE(split)
{
	struct stage s;
};

FIXTURE_VARIANT(split)
{
	enum backing backing;
	int (*act)(struct stage *s);
};

#define SPLIT(name, back, how) FIXTURE_VARIANT_ADD(split, name) { .backing = back, .act = how }

SPLIT(hugezero_mprotect, HUGE_ZERO, by_mprotect);
SPLIT(hugezero_dontneed, HUGE_ZERO, by_dontneed);
SPLIT(hugezero_unprotect, HUGE_ZERO, by_unprotect);
SPLIT(hugezero_munmap, HUGE_ZERO, by_munmap);
SPLIT(anonthp_mprotect, ANON_THP, by_mprotect);
SPLIT(anonthp_dontneed, ANON_THP, by_dontneed);
SPLIT(anonthp_unprotect, ANON_THP, by_unprotect);
SPLIT(anonthp_munmap, ANON_THP, by_munmap);

FIXTURE_SETUP(split)
{
	CASE_AGENT(AGENT_STORE);
	CASE_STAGE(&self->s, SYNC, variant->backing, 1);
}

FIXTURE_TEARDOWN(split)
{
	stage_clear(&self->s);
}

TEST_F(split, protects_each_remaining_page)
{
	COVERS(LC_SPLIT);
	struct stage *s = &self->s;
	uint32_t kept = s->before.page[0] & (PRESENT | ZERO | ANON | WP);

	ACT_BY(variant->act(s));
	LOOK(s, &s->after);
	NEEDS_SPLIT(s);
	EXPECT_PAGES(s, &s->after, 0, PAGE, kept, WRITTEN | HUGE);
	EXPECT_PAGES(s, &s->after, PAGE + 1, s->region.pages, kept, WRITTEN | HUGE);

	START(s, &s->writer, AGENT_STORE, PAGE + 1, VALUE);
	ASSERT_EVENT(s, PAGE + 1);
	EXPECT_BLOCKED(s, &s->writer);
}

FIXTURE(split_bare)
{
	struct stage s;
};

FIXTURE_VARIANT(split_bare)
{
	enum backing backing;
	int (*act)(struct stage *s);
};

#define SPLIT_BARE(name, back, how) FIXTURE_VARIANT_ADD(split_bare, name) { .backing = back, .act = how }

SPLIT_BARE(hugezero_mprotect, HUGE_ZERO, by_mprotect);
SPLIT_BARE(hugezero_dontneed, HUGE_ZERO, by_dontneed);
SPLIT_BARE(hugezero_unprotect, HUGE_ZERO, by_unprotect);
SPLIT_BARE(hugezero_munmap, HUGE_ZERO, by_munmap);
SPLIT_BARE(anonthp_mprotect, ANON_THP, by_mprotect);

FIXTURE_SETUP(split_bare)
{
	CASE_REGISTERED(&self->s, SYNC, variant->backing, 1);
	LOOK(&self->s, &self->s.before);
}

FIXTURE_TEARDOWN(split_bare)
{
	stage_clear(&self->s);
}

TEST_F(split_bare, protects_no_page)
{
	COVERS(LC_SPLIT);
	struct stage *s = &self->s;

	ACT_BY(variant->act(s));
	LOOK(s, &s->after);
	NEEDS_SPLIT(s);
	EXPECT_PAGES(s, &s->after, 0, s->region.pages, 0, WP);
}

FIXTURE(dropped)
{
	struct stage s;
};

FIXTURE_VARIANT(dropped)
{
	enum backing backing;
};

BACKING(dropped, hugezero, HUGE_ZERO);
BACKING(dropped, zeroptes, ZERO_PTES);
BACKING(dropped, anonthp, ANON_THP);
BACKING(dropped, unpopulated, UNPOPULATED);

FIXTURE_SETUP(dropped)
{
	CASE_STAGE(&self->s, ASYNC, variant->backing, 1);
}

FIXTURE_TEARDOWN(dropped)
{
	stage_clear(&self->s);
}

TEST_F(dropped, page_counts_as_written)
{
	COVERS(LC_ZAP, PM_WRITTEN);
	struct stage *s = &self->s;

	ACT_BY(region_advise(&s->region, PAGE, PAGE + 1, MADV_DONTNEED));
	LOOK(s, &s->after);
	EXPECT_PAGES(s, &s->after, PAGE, PAGE + 1, WRITTEN, PRESENT | WP);
	EXPECT_PAGES(s, &s->after, 0, PAGE, WP, WRITTEN);
	EXPECT_PAGES(s, &s->after, PAGE + 1, s->region.pages, WP, WRITTEN);
}

TEST_F(dropped, pmd_counts_as_written)
{
	COVERS(LC_ZAP, PM_WRITTEN);
	struct stage *s = &self->s;

	ACT_BY(region_advise(&s->region, 0, s->region.pages, MADV_DONTNEED));
	LOOK(s, &s->after);
	EXPECT_PAGES(s, &s->after, 0, s->region.pages, WRITTEN, PRESENT | WP);
}

FIXTURE(dropped_sync)
{
	struct stage s;
};

FIXTURE_VARIANT(dropped_sync)
{
	enum backing backing;
};

BACKING(dropped_sync, hugezero, HUGE_ZERO);
BACKING(dropped_sync, base, BASE_PAGES);

FIXTURE_SETUP(dropped_sync)
{
	CASE_AGENT(AGENT_STORE);
	CASE_STAGE(&self->s, SYNC, variant->backing, 1);
}

FIXTURE_TEARDOWN(dropped_sync)
{
	stage_clear(&self->s);
}

TEST_F(dropped_sync, page_is_not_protected_any_more)
{
	COVERS(LC_ZAP);
	struct stage *s = &self->s;

	ACT_BY(region_advise(&s->region, PAGE, PAGE + 1, MADV_DONTNEED));
	LOOK(s, &s->after);
	EXPECT_PAGES(s, &s->after, PAGE, PAGE + 1, 0, PRESENT | WP);
	EXPECT_PAGES(s, &s->after, 0, PAGE, WP, WRITTEN);
	EXPECT_PAGES(s, &s->after, PAGE + 1, s->region.pages, WP, WRITTEN);

	ACT(s, AGENT_STORE, PAGE, VALUE);
	EXPECT_NO_EVENT(s);
}

FIXTURE(freed)
{
	struct stage s;
};

FIXTURE_VARIANT(freed)
{
	enum backing backing;
};

BACKING(freed, hugezero, HUGE_ZERO);
BACKING(freed, anonthp, ANON_THP);
BACKING(freed, base, BASE_PAGES);

FIXTURE_SETUP(freed)
{
	CASE_AGENT(AGENT_STORE);
	CASE_STAGE(&self->s, ASYNC, variant->backing, 1);
	ACT_BY(region_advise(&self->s.region, 0, self->s.region.pages, MADV_FREE));
}

FIXTURE_TEARDOWN(freed)
{
	stage_clear(&self->s);
}

/* Memory that may be dropped at any time: what isn't there any more was dropped, and counts as written. */
TEST_F(freed, pages_still_there_are_protected_and_a_store_is_reported)
{
	COVERS(LC_ZAP, WP_NO_LOST_WRITE);
	struct stage *s = &self->s;
	size_t bare;

	LOOK(s, &s->after);
	bare = view_count(&s->after, PRESENT, WP);
	EXPECT_THAT(!bare, EXTRA, "each page that is still there protected; %zu are not", bare);
	bare = view_count(&s->after, 0, PRESENT | WRITTEN);
	EXPECT_THAT(!bare, LOST, "each page that is gone written; %zu are not", bare);

	ACT(s, AGENT_STORE, PAGE, VALUE);
	LOOK(s, &s->after);
	EXPECT_PAGES(s, &s->after, PAGE, PAGE + 1, PRESENT | WRITTEN, WP);
}
