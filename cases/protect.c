// SPDX-License-Identifier: GPL-2.0
/*
 * Arming and un-arming: exactly the pages asked for, however they are backed, and nothing by reading.
 * Why: a page too few is a write that nobody hears of; a page too many, or one that a read un-arms, is a fault that
 * costs as much as the write it was to find.
 */
#include <sys/mman.h>

#include "../common/reshape.h"
#include "case.h"
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

#define READING(name, back)							\
	FIXTURE_VARIANT_ADD(reading, sync_##name) { .backing = back, .mode = SYNC }; \
	FIXTURE_VARIANT_ADD(reading, async_##name) { .backing = back, .mode = ASYNC }

READING(hugezero, HUGE_ZERO);
READING(zeroptes, ZERO_PTES);
READING(anonthp, ANON_THP);
READING(ptethp, PTE_THP);
READING(base, BASE_PAGES);
READING(unpopulated, UNPOPULATED);

FIXTURE_SETUP(reading)
{
	CASE_AGENT(AGENT_LOAD);
	CASE_STAGE(&self->s, variant->mode, variant->backing, 1);
}

FIXTURE_TEARDOWN(reading)
{
	stage_clear(&self->s);
}

TEST_F(reading, keeps_the_protection)
{
	COVERS(WP_READ_KEEPS);
	struct stage *s = &self->s;

	ACT(s, AGENT_LOAD, PAGE, 0);
	ACT(s, AGENT_WRITE, PAGE + 1, 0);
	ACT(s, AGENT_VM_READV, FAR, 0);
	EXPECT_NO_EVENT(s);
	LOOK(s, &s->after);

	/* What was read may have been populated, where it wasn't. */
	EXPECT_PAGES(s, &s->after, 0, s->region.pages, WP, WRITTEN);
	EXPECT_SAME_IN(s, &s->before, &s->after, 0, PAGE);
	EXPECT_SAME_IN(s, &s->before, &s->after, PAGE + 2, FAR);
	EXPECT_UNTOUCHED(s);
}

/* Every page of [first, end) changed its state, to protected or from it, and no page outside. */
static bool flipped(const struct place *at, struct stage *s, size_t first, size_t end, bool protected)
{
	uint32_t facts = WP | (s->after.scan ? WRITTEN : 0);
	uint32_t set = protected ? WP : WRITTEN;
	size_t i;

	for (i = 0; i < s->region.pages; i++) {
		uint32_t changed = (s->before.page[i] ^ s->after.page[i]) & facts;

		if (i < first || i >= end ? changed : changed != facts)
			break;
	}
	if (i < s->region.pages)
		return check_charge(at, REQUIREMENT_NONE, (i >= first && i < end) == protected ? LOST : EXTRA,
				   "pages [%zu..%zu) and no other to become %sprotected; page %zu %s", first, end,
				   protected ? "" : "un", i, i < first || i >= end ? "changed too" : "did not");
	return check_pages(at, s, &s->after, first, end, set, (WP | WRITTEN) & ~set);
}

/* Changes the state of a range that is all in the other one, and looks at every page around it. */
static bool flip(const struct place *at, struct stage *s, size_t first, size_t end, bool protect)
{
	int err;

	snprintf(so_far.act, sizeof(so_far.act), "%s pages [%zu..%zu)",
		 protect ? "protect" : "un-protect", first, end);
	if (!check_look(at, s, &s->before, view_read))
		return false;
	err = protect ? stage_protect(s, first, end) : stage_unprotect(s, first, end, 0);
	if (!check_ok(at, so_far.act, err) || !check_look(at, s, &s->after, view_read))
		return false;
	return flipped(at, s, first, end, protect);
}

#define PROTECTS(s, first, end) OR_LEAVE(flip(HERE, s, first, end, true))
#define UNPROTECTS(s, first, end) OR_LEAVE(flip(HERE, s, first, end, false))

FIXTURE(range)
{
	struct stage s;
	size_t border;		/* where the second PMD begins */
};

FIXTURE_VARIANT(range)
{
	enum backing backing;
	size_t pmds;		/* the page-by-page populated ones cost the more */
};

FIXTURE_VARIANT_ADD(range, hugezero) { .backing = HUGE_ZERO, .pmds = 3 };
FIXTURE_VARIANT_ADD(range, zeroptes) { .backing = ZERO_PTES, .pmds = 3 };
FIXTURE_VARIANT_ADD(range, anonthp) { .backing = ANON_THP, .pmds = 3 };
FIXTURE_VARIANT_ADD(range, ptethp) { .backing = PTE_THP, .pmds = 2 };
FIXTURE_VARIANT_ADD(range, base) { .backing = BASE_PAGES, .pmds = 2 };
FIXTURE_VARIANT_ADD(range, unpopulated) { .backing = UNPOPULATED, .pmds = 3 };

FIXTURE_SETUP(range)
{
	CASE_REGISTERED(&self->s, SYNC, variant->backing, variant->pmds);
	self->border = pmd_pages();
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

FIXTURE_VARIANT(vmas)
{
	enum backing backing;
};

BACKING(vmas, hugezero, HUGE_ZERO);
BACKING(vmas, base, BASE_PAGES);

FIXTURE_SETUP(vmas)
{
	CASE_REGISTERED(&self->s, SYNC, variant->backing, 1);
	ASSERT_OK(region_split_vma(&self->s.region, HALF));
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

EACH_BACKING(repeated);

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

FIXTURE(holes)
{
	struct stage s;
};

FIXTURE_SETUP(holes)
{
	CASE_AGENT(AGENT_STORE);
	CASE_REGISTERED(&self->s, SYNC, UNPOPULATED, 1);
}

FIXTURE_TEARDOWN(holes)
{
	stage_clear(&self->s);
}

TEST_F(holes, are_protected_and_a_store_is_caught)
{
	COVERS(WP_UNPOPULATED, EV_ONE);
	struct stage *s = &self->s;

	ASSERT_OK(stage_protect(s, PAGE, FAR));
	LOOK(s, &s->after);
	EXPECT_PAGES(s, &s->after, PAGE, FAR, WP, PRESENT | WRITTEN);
	EXPECT_PAGES(s, &s->after, 0, PAGE, 0, PRESENT | WP);

	START(s, &s->writer, AGENT_STORE, PAGE, VALUE);
	ASSERT_EVENT(s, PAGE);
	EXPECT_BLOCKED(s, &s->writer);
}

TEST_F(holes, a_read_maps_nothing_that_is_not_protected)
{
	COVERS(WP_UNPOPULATED, WP_READ_KEEPS);
	struct stage *s = &self->s;

	ASSERT_OK(stage_protect(s, 0, s->region.pages));
	ACT(s, AGENT_LOAD, PAGE, 0);
	LOOK(s, &s->after);
	EXPECT_PAGES(s, &s->after, 0, s->region.pages, WP, WRITTEN);
	EXPECT_PAGES(s, &s->after, PAGE, PAGE + 1, PRESENT | ZERO, HUGE);

	START(s, &s->writer, AGENT_STORE, PAGE, VALUE);
	ASSERT_EVENT(s, PAGE);
	EXPECT_BLOCKED(s, &s->writer);
}

FIXTURE(holes_async)
{
	struct stage s;
};

FIXTURE_SETUP(holes_async)
{
	CASE_AGENT(AGENT_STORE);
	CASE_STAGE(&self->s, ASYNC, UNPOPULATED, 1);
}

FIXTURE_TEARDOWN(holes_async)
{
	stage_clear(&self->s);
}

TEST_F(holes_async, a_store_after_a_read_is_reported)
{
	COVERS(WP_UNPOPULATED, WP_NO_LOST_WRITE);
	struct stage *s = &self->s;

	ACT(s, AGENT_LOAD, PAGE, 0);
	ACT(s, AGENT_STORE, PAGE, VALUE);
	LOOK(s, &s->after);
	EXPECT_REPORTED(s, AGENT_STORE, PAGE);
}

FIXTURE(holes_ignored)
{
	struct stage s;
};

FIXTURE_SETUP(holes_ignored)
{
	CASE_AGENT(AGENT_STORE);
	ARRANGE(stage_region(&self->s, UNPOPULATED, 1, &lack));
	ARRANGE(stage_open(&self->s, UFFD_FEATURE_PAGEFAULT_FLAG_WP, &lack));
	ASSERT_OK(stage_attach(&self->s, SYNC));
}

FIXTURE_TEARDOWN(holes_ignored)
{
	stage_clear(&self->s);
}

TEST_F(holes_ignored, without_the_feature)
{
	COVERS(WP_UNPOPULATED);
	struct stage *s = &self->s;

	ASSERT_OK(stage_protect(s, 0, s->region.pages));
	LOOK(s, &s->after);
	EXPECT_PAGES(s, &s->after, 0, s->region.pages, 0, PRESENT | WP);

	ACT(s, AGENT_STORE, PAGE, VALUE);
	EXPECT_NO_EVENT(s);
}

FIXTURE(hole)
{
	struct stage s;
};

FIXTURE_SETUP(hole)
{
	CASE_AGENT(AGENT_STORE);
	CASE_REGISTERED(&self->s, SYNC, BASE_PAGES, 1);
	if (!(self->s.uffd.features & UFFD_FEATURE_WP_UNPOPULATED))
		SKIP(return, "this kernel does not offer UFFD_FEATURE_WP_UNPOPULATED");
	ASSERT_OK(region_advise(&self->s.region, PAGE, PAGE + 1, MADV_DONTNEED));
	ASSERT_OK(stage_protect(&self->s, 0, self->s.region.pages));
}

FIXTURE_TEARDOWN(hole)
{
	stage_clear(&self->s);
}

TEST_F(hole, among_pages_is_protected_like_them)
{
	COVERS(WP_UNPOPULATED);
	struct stage *s = &self->s;

	LOOK(s, &s->after);
	EXPECT_PAGES(s, &s->after, 0, s->region.pages, WP, WRITTEN);
	EXPECT_PAGES(s, &s->after, PAGE, PAGE + 1, 0, PRESENT);

	START(s, &s->writer, AGENT_STORE, PAGE, VALUE);
	ASSERT_EVENT(s, PAGE);
	EXPECT_BLOCKED(s, &s->writer);
}
