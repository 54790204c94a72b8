// SPDX-License-Identifier: GPL-2.0
/*
 * A scan that stops early: a full vector, enough pages, and how to go on.
 * Why: whoever goes on from walk_end trusts it blindly; a page skipped there is never saved, one repeated is saved twice.
 */
#include "../uffd/compiler.h"
#include "case.h"
#include "mixed.h"
#include "scan_checks.h"

/* More regions than the kernel gathers before it hands them over: a page table's entries. */
#define LONG_VECTOR (2 * pmd_pages())

struct limits {
	size_t vec_len, max_pages;
};

/* Entries and pages; 0: not limited. */
static const struct limits narrow[] = { { 1, 0 }, { 2, 0 }, { 1, 100 }, { 0, 100 }, { 0, 511 }, { 0, 513 } };

FIXTURE(scan_limits)
{
	struct stage s;
	struct scan_answer answer;
};

FIXTURE_SETUP(scan_limits)
{
	CASE_MIXED(&self->s);
}

FIXTURE_TEARDOWN(scan_limits)
{
	scan_answer_free(&self->answer);
	stage_clear(&self->s);
}

static struct scan limited(const struct stage *s, uint32_t mask, uint32_t ret, const struct limits *l)
{
	struct scan q = scan_pages(&s->region, 0, s->region.pages);

	q.mask = mask;
	q.ret = ret;
	q.vec_len = l->vec_len;
	q.max_pages = l->max_pages;
	return q;
}

TEST_F(scan_limits, going_on_from_walk_end_misses_and_repeats_nothing)
{
	COVERS(SC_LIMITS);
	struct stage *s = &self->s;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(narrow); i++) {
		struct scan q = limited(s, PRESENT, PRESENT | HUGE | ZERO | WRITTEN, &narrow[i]);

		ASK(s, &q, &self->answer);
		ASSERT_ORDERLY(&self->answer);
		ASSERT_MODEL(&q, &s->before, &self->answer);
	}
}

TEST_F(scan_limits, the_fast_path_misses_and_repeats_nothing)
{
	COVERS(SC_LIMITS);
	struct stage *s = &self->s;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(narrow); i++) {
		struct scan q = limited(s, WRITTEN, WRITTEN, &narrow[i]);

		ASK(s, &q, &self->answer);
		ASSERT_ORDERLY(&self->answer);
		ASSERT_MODEL(&q, &s->before, &self->answer);
	}
}

TEST_F(scan_limits, a_limit_that_is_just_reached_loses_nothing)
{
	COVERS(SC_LIMITS);
	const struct limits l = { 0, pmd_pages() };
	struct stage *s = &self->s;
	struct scan q = limited(s, HUGE, HUGE, &l);

	ASK(s, &q, &self->answer);
	ASSERT_ORDERLY(&self->answer);
	EXPECT_MODEL(&q, &s->before, &self->answer);
}

/* As many entries as there are regions: the walk isn't stopped, so it did the whole range (fs.h, struct pm_scan_arg). */
TEST_F(scan_limits, a_vector_that_is_just_filled_is_no_limit)
{
	COVERS(SC_LIMITS);
	struct stage *s = &self->s;
	struct page_region vec[64];
	struct scan q = limited(s, PRESENT, PRESENT | HUGE | ZERO | WRITTEN, &(struct limits){ 0, 0 });
	int regions;

	q.vec = vec;
	q.vec_len = ARRAY_SIZE(vec);
	regions = scan_call(&q);
	ASSERT_OK(regions);
	q.vec_len = regions;
	EXPECT_THAT(scan_call(&q) == regions, LOST, "the same %d regions into a vector of as many", regions);
	EXPECT_THAT(q.walk_end == stage_page(s, s->region.pages), DISAGREE, "walk_end at the range's end; it is %+td pages off",
		    ((char *)q.walk_end - stage_page(s, s->region.pages)) / (ptrdiff_t)page_size());
}

FIXTURE(scan_arming)
{
	struct stage s;
	struct scan_answer answer;
};

FIXTURE_VARIANT(scan_arming)
{
	enum backing backing;
	size_t pmds;
	struct limits limits;
};

FIXTURE_VARIANT_ADD(scan_arming, hugezero_by_100) { .backing = HUGE_ZERO, .pmds = 2, .limits = { 0, 100 } };
FIXTURE_VARIANT_ADD(scan_arming, hugezero_by_513) { .backing = HUGE_ZERO, .pmds = 2, .limits = { 0, 513 } };
FIXTURE_VARIANT_ADD(scan_arming, zeroptes_by_100) { .backing = ZERO_PTES, .pmds = 2, .limits = { 0, 100 } };
FIXTURE_VARIANT_ADD(scan_arming, base_by_100) { .backing = BASE_PAGES, .pmds = 1, .limits = { 1, 100 } };

FIXTURE_SETUP(scan_arming)
{
	CASE_REGISTERED(&self->s, ASYNC, variant->backing, variant->pmds);
	LOOK(&self->s, &self->s.before);
}

FIXTURE_TEARDOWN(scan_arming)
{
	scan_answer_free(&self->answer);
	stage_clear(&self->s);
}

TEST_F(scan_arming, going_on_from_walk_end_arms_and_reports_each_page_once)
{
	COVERS(SC_LIMITS, SC_WP_MATCHING);
	struct stage *s = &self->s;
	struct scan q = limited(s, WRITTEN, WRITTEN, &variant->limits);

	q.flags = PM_SCAN_WP_MATCHING | PM_SCAN_CHECK_WPASYNC;
	ASK(s, &q, &self->answer);
	LOOK(s, &s->after);
	EXPECT_ORDERLY(&self->answer);
	EXPECT_MODEL(&q, &s->before, &self->answer);
	EXPECT_ARMED(s, &self->answer);
}

FIXTURE(scan_long)
{
	struct stage s;
	struct scan_answer answer;
};

/* Every other page is there, so that each is a region. */
FIXTURE_SETUP(scan_long)
{
	size_t i;

	ARRANGE(stage_region(&self->s, UNPOPULATED, 3 * pmd_pages(), &lack));
	madvise(self->s.region.start, self->s.region.pages * page_size(), MADV_NOHUGEPAGE);
	for (i = 0; i < pmd_pages() + 20; i++)
		READ_ONCE(*stage_page(&self->s, 2 * i));
	LOOK(&self->s, &self->s.before);
	NEEDS_SCAN(&self->s);
}

FIXTURE_TEARDOWN(scan_long)
{
	scan_answer_free(&self->answer);
	stage_clear(&self->s);
}

TEST_F(scan_long, a_long_vector_is_filled_and_walk_end_is_behind_it)
{
	COVERS(SC_LIMITS);
	const struct limits l = { LONG_VECTOR, 0 };
	struct stage *s = &self->s;
	struct scan q = limited(s, PRESENT, PRESENT, &l);

	ASK(s, &q, &self->answer);
	ASSERT_ORDERLY(&self->answer);
	EXPECT_MODEL(&q, &s->before, &self->answer);
}
