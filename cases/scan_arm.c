// SPDX-License-Identifier: GPL-2.0
/*
 * Get-and-protect: one ioctl that tells what was written and protects it again.
 * Why: a page protected that wasn't reported is a write forgotten; one reported and left unprotected comes again; a
 * huge page split without need is speed lost for good.
 */
#include "case.h"
#include "mixed.h"
#include "scan_checks.h"

FIXTURE(scan_arm)
{
	struct stage s;
	struct scan_answer answer;
};

FIXTURE_VARIANT(scan_arm)
{
	enum backing backing;
};

FIXTURE_VARIANT_ADD(scan_arm, hugezero) { .backing = HUGE_ZERO };
FIXTURE_VARIANT_ADD(scan_arm, anonthp) { .backing = ANON_THP };

/* Registered, nothing protected: all is written. */
FIXTURE_SETUP(scan_arm)
{
	CASE_REGISTERED(&self->s, ASYNC, variant->backing, 2);
	LOOK(&self->s, &self->s.before);
}

FIXTURE_TEARDOWN(scan_arm)
{
	scan_answer_free(&self->answer);
	stage_clear(&self->s);
}

TEST_F(scan_arm, whole_pmd_is_armed_without_a_split)
{
	COVERS(SC_WP_MATCHING);
	struct stage *s = &self->s;
	struct scan q = scan_arming(s, 0, pmd_pages(), WRITTEN, WRITTEN | HUGE);

	ASK(s, &q, &self->answer);
	LOOK(s, &s->after);
	EXPECT_MODEL(&q, &s->before, &self->answer);
	EXPECT_PAGES(s, &s->after, 0, pmd_pages(), PRESENT | HUGE | WP, WRITTEN);
	EXPECT_SAME_IN(s, &s->before, &s->after, pmd_pages(), 2 * pmd_pages());
}

TEST_F(scan_arm, part_of_a_pmd_is_split_and_armed_exactly)
{
	COVERS(SC_WP_MATCHING, LC_SPLIT);
	struct stage *s = &self->s;
	struct scan q = scan_arming(s, 100, 300, WRITTEN, WRITTEN);

	ASK(s, &q, &self->answer);
	LOOK(s, &s->after);
	EXPECT_MODEL(&q, &s->before, &self->answer);
	EXPECT_ARMED(s, &self->answer);
	EXPECT_PAGES(s, &s->after, 100, 300, PRESENT | WP, WRITTEN | HUGE);
	EXPECT_SAME_IN(s, &s->before, &s->after, pmd_pages(), 2 * pmd_pages());
}

/* What the vector would have told is not what is armed. */
TEST_F(scan_arm, part_of_a_pmd_is_armed_without_a_vector_too)
{
	COVERS(SC_WP_NO_VEC, SC_WP_MATCHING);
	struct stage *s = &self->s;
	struct scan q = scan_arming(s, 100, 300, WRITTEN, 0);

	ASSERT_OK(scan_call(&q));
	LOOK(s, &s->after);
	EXPECT_PAGES(s, &s->after, 0, 100, PRESENT | WRITTEN, WP);
	EXPECT_PAGES(s, &s->after, 100, 300, PRESENT | WP, WRITTEN | HUGE);
	EXPECT_PAGES(s, &s->after, 300, pmd_pages(), PRESENT | WRITTEN, WP);
	EXPECT_SAME_IN(s, &s->before, &s->after, pmd_pages(), 2 * pmd_pages());
}

FIXTURE(scan_arm_limited)
{
	struct stage s;
};

FIXTURE_SETUP(scan_arm_limited)
{
	CASE_REGISTERED(&self->s, ASYNC, HUGE_ZERO, 2);
	LOOK(&self->s, &self->s.before);
}

FIXTURE_TEARDOWN(scan_arm_limited)
{
	stage_clear(&self->s);
}

TEST_F(scan_arm_limited, max_pages_inside_a_pmd_arms_what_was_reported)
{
	COVERS(SC_WP_MATCHING, SC_LIMITS);
	struct stage *s = &self->s;
	struct page_region vec[4];
	struct scan q = scan_arming(s, 0, s->region.pages, WRITTEN, WRITTEN);

	q.vec = vec;
	q.vec_len = ARRAY_SIZE(vec);
	q.max_pages = 100;
	ASSERT_OK(scan_call(&q));
	LOOK(s, &s->after);
	EXPECT_THAT(q.walk_end == stage_page(s, 100), DISAGREE, "walk_end behind page 99, the last reported; it is %+td",
		    ((char *)q.walk_end - stage_page(s, 100)) / (ptrdiff_t)page_size());
	EXPECT_PAGES(s, &s->after, 0, 100, PRESENT | WP, WRITTEN | HUGE);
	EXPECT_PAGES(s, &s->after, 100, pmd_pages(), PRESENT | WRITTEN, WP | HUGE);
	EXPECT_SAME_IN(s, &s->before, &s->after, pmd_pages(), 2 * pmd_pages());
}

TEST_F(scan_arm_limited, max_pages_of_one_pmd_arms_it_whole_and_no_more)
{
	COVERS(SC_WP_MATCHING, SC_LIMITS);
	struct stage *s = &self->s;
	struct page_region vec[4];
	struct scan q = scan_arming(s, 0, s->region.pages, WRITTEN, WRITTEN);

	q.vec = vec;
	q.vec_len = ARRAY_SIZE(vec);
	q.max_pages = pmd_pages();
	ASSERT_OK(scan_call(&q));
	LOOK(s, &s->after);
	EXPECT_PAGES(s, &s->after, 0, pmd_pages(), PRESENT | HUGE | WP, WRITTEN);
	EXPECT_SAME_IN(s, &s->before, &s->after, pmd_pages(), 2 * pmd_pages());
}

FIXTURE(scan_arm_mixed)
{
	struct stage s;
	struct scan_answer answer;
};

FIXTURE_SETUP(scan_arm_mixed)
{
	CASE_MIXED(&self->s);
}

FIXTURE_TEARDOWN(scan_arm_mixed)
{
	scan_answer_free(&self->answer);
	stage_clear(&self->s);
}

/* The written page, then the zero PTEs, by the generic path; what is left, a huge zero PMD, by the fast one. */
static const struct {
	uint32_t mask, inverted, ret;
} steps[] = {
	{ WRITTEN | ZERO, ZERO, WRITTEN },
	{ WRITTEN | HUGE, HUGE, WRITTEN | ZERO },
	{ WRITTEN, 0, WRITTEN },
};

TEST_F(scan_arm_mixed, arms_exactly_what_it_reports)
{
	COVERS(SC_WP_MATCHING, WP_RANGE_EXACT);
	struct stage *s = &self->s;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(steps); i++) {
		struct scan q = scan_arming(s, 0, s->region.pages, steps[i].mask, steps[i].ret);

		q.inverted = steps[i].inverted;
		LOOK(s, &s->before);
		ASK(s, &q, &self->answer);
		LOOK(s, &s->after);
		ASSERT_MODEL(&q, &s->before, &self->answer);
		ASSERT_ARMED(s, &self->answer);
	}
}

TEST_F(scan_arm_mixed, without_a_vector_all_that_matches_is_armed)
{
	COVERS(SC_WP_NO_VEC);
	struct stage *s = &self->s;
	struct scan q = scan_arming(s, 0, s->region.pages, WRITTEN, 0);

	ASSERT_OK(scan_call(&q));
	LOOK(s, &s->after);
	EXPECT_PAGES(s, &s->after, 0, s->region.pages, WP, WRITTEN);
}

TEST_F(scan_arm_mixed, without_a_vector_the_masks_still_hold)
{
	COVERS(SC_WP_NO_VEC);
	struct stage *s = &self->s;
	struct scan q = scan_arming(s, 0, s->region.pages, WRITTEN | ZERO, 0);

	ASSERT_OK(scan_call(&q));
	LOOK(s, &s->after);
	EXPECT_PAGES(s, &s->after, MIXED_FREED, MIXED_WRITTEN, ZERO | WP, WRITTEN);
	EXPECT_PAGES(s, &s->after, MIXED_WRITTEN, MIXED_REARMED, ANON | WRITTEN, WP);
}

FIXTURE(scan_arm_neighbours)
{
	struct stage s;
	struct scan_answer answer;
};

/* A PMD of zero PTEs before one of the huge zero page, both written. */
FIXTURE_SETUP(scan_arm_neighbours)
{
	CASE_REGISTERED(&self->s, ASYNC, HUGE_ZERO, 2);
	ASSERT_OK(stage_protect(&self->s, 0, 1));
	ASSERT_OK(stage_unprotect(&self->s, 0, 1, 0));
	LOOK(&self->s, &self->s.before);
	EXPECT_PAGES(&self->s, &self->s.before, 0, pmd_pages(), ZERO | WRITTEN, HUGE | WP);
}

FIXTURE_TEARDOWN(scan_arm_neighbours)
{
	scan_answer_free(&self->answer);
	stage_clear(&self->s);
}

TEST_F(scan_arm_neighbours, equal_pages_on_both_sides_of_a_split_are_one_region)
{
	COVERS(SC_REGIONS);
	struct stage *s = &self->s;
	struct scan q = scan_arming(s, 0, pmd_pages() + 100, WRITTEN, WRITTEN | ZERO | HUGE);

	ASK(s, &q, &self->answer);
	LOOK(s, &s->after);
	EXPECT_ORDERLY(&self->answer);
}
