// SPDX-License-Identifier: GPL-2.0
/*
 * PAGEMAP_SCAN over hugetlb: what it reports, where it stops, what get-and-protect arms.
 * Why: a huge page is reported and armed whole or not at all; whoever asks by small steps must neither lose one nor hear of
 * one for ever. Holes are armed on another road, which once waited for a lock that it held itself.
 */
#include <pthread.h>
#include <sys/mman.h>

#include "../common/reshape.h"
#include "../uffd/deadline.h"
#include "hugetlb_checks.h"
#include "scan_checks.h"

#define ARM (PM_SCAN_WP_MATCHING | PM_SCAN_CHECK_WPASYNC)
#define VALUE 0xa5
/* A page that is protected, three written ones, the second of them across the border of two page tables, and a hole. */
#define PROTECTED 0
#define WRITTEN_FIRST 1
#define WRITTEN_END 4
#define HOLE 4
#define ALL 5

struct limits {
	size_t vec_len, max_pages;	/* 0: not limited */
};

static struct scan question(const struct stage *s, size_t first, size_t end, uint64_t flags, uint32_t mask)
{
	struct scan q = scan_pages(&s->region, first, end);

	q.flags = flags;
	q.mask = mask;
	q.ret = mask;
	return q;
}

FIXTURE(hugetlb_scan)
{
	struct stage s;
	struct scan_answer answer;
};

FIXTURE_SETUP(hugetlb_scan)
{
	struct stage *s = &self->s;

	ARRANGE(stage_region(s, HUGETLB, ALL * hugetlb_unit(), &lack));
	ASSERT_OK(region_advise(&s->region, PAGE_OF(s, HOLE), PAGE_OF(s, ALL), MADV_DONTNEED));
	ARRANGE(stage_register(s, ASYNC, 0, &lack));
	ASSERT_OK(hugetlb_protect(s, PROTECTED, WRITTEN_FIRST));
	LOOK(s, &s->before);
	EXPECT_HUGE(s, &s->before, PROTECTED, WRITTEN_FIRST, PRESENT | HUGE | WP, WRITTEN);
	EXPECT_HUGE(s, &s->before, WRITTEN_FIRST, WRITTEN_END, PRESENT | HUGE | WRITTEN, WP);
}

FIXTURE_TEARDOWN(hugetlb_scan)
{
	scan_answer_free(&self->answer);
	stage_clear(&self->s);
}

TEST_F(hugetlb_scan, going_on_from_walk_end_misses_and_repeats_nothing)
{
	COVERS(SC_LIMITS, SC_REGIONS);
	struct stage *s = &self->s;
	const struct limits narrow[] = { { 1, 0 }, { 0, 100 }, { 0, s->region.unit }, { 1, s->region.unit + 1 } };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(narrow); i++) {
		struct scan q = question(s, 0, s->region.pages, 0, PRESENT);

		q.ret = PRESENT | WRITTEN;
		q.vec_len = narrow[i].vec_len;
		q.max_pages = narrow[i].max_pages;
		ASK(s, &q, &self->answer);
		ASSERT_ORDERLY(&self->answer);
		ASSERT_MODEL(&q, &s->before, &self->answer);
	}
}

TEST_F(hugetlb_scan, part_of_a_huge_page_is_reported_where_that_was_asked_for)
{
	COVERS(SC_REGIONS, SC_MASKS);
	struct stage *s = &self->s;
	struct scan q = question(s, PAGE_OF(s, 2) + 5, PAGE_OF(s, 3) + 7, 0, WRITTEN);

	ASK(s, &q, &self->answer);
	EXPECT_ORDERLY(&self->answer);
	EXPECT_MODEL(&q, &s->before, &self->answer);
}

/* Reports each matching page once, arms exactly these, and touches nothing else. */
static bool check_arms(const struct place *at, struct stage *s, const struct scan *q, struct scan_answer *answer)
{
	bool good;

	if (!scan_ask(at, s, q, answer) || !check_look(at, s, &s->after, view_read))
		return false;
	good = !answer->fault[0] || check_charge(at, REQUIREMENT_NONE, DISAGREE,
						  "regions and walk_end as documented; %s", answer->fault);
	return scan_expect_model(at, q, &s->before, answer) && scan_expect_armed(at, s, answer) && good;
}

TEST_F(hugetlb_scan, get_and_protect_arms_exactly_what_it_reports)
{
	COVERS(SC_WP_MATCHING, WP_RANGE_EXACT);
	struct stage *s = &self->s;
	struct scan q = question(s, 0, s->region.pages, ARM, WRITTEN);

	OR_LEAVE(check_arms(HERE, s, &q, &self->answer));
	EXPECT_HUGE(s, &s->after, 0, WRITTEN_END, PRESENT | HUGE | WP, WRITTEN);
	EXPECT_HUGE(s, &s->after, HOLE, ALL, 0, PRESENT | WP);
	ACT(s, AGENT_STORE, PAGE_OF(s, 2) + 5, VALUE);
	LOOK(s, &s->after);
	EXPECT_HUGE(s, &s->after, 2, 3, WRITTEN, WP);
}

TEST_F(hugetlb_scan, get_and_protect_by_single_huge_pages_arms_each_once)
{
	COVERS(SC_LIMITS, SC_WP_MATCHING);
	struct stage *s = &self->s;
	struct scan q = question(s, 0, s->region.pages, ARM, WRITTEN);

	q.max_pages = s->region.unit;
	OR_LEAVE(check_arms(HERE, s, &q, &self->answer));
	EXPECT_HUGE(s, &s->after, 0, WRITTEN_END, PRESENT | HUGE | WP, WRITTEN);
}

TEST_F(hugetlb_scan, get_and_protect_by_less_than_a_huge_page_skips_none)
{
	COVERS(SC_LIMITS, SC_WP_MATCHING);
	struct stage *s = &self->s;
	struct page_region vec[8];
	struct scan q = question(s, 0, s->region.pages, ARM, WRITTEN);

	q.vec = vec;
	q.vec_len = ARRAY_SIZE(vec);
	q.max_pages = 100;
	ASSERT_OK(scan_call(&q));
	LOOK(s, &s->after);
	EXPECT_THAT((char *)q.walk_end <= stage_page(s, PAGE_OF(s, WRITTEN_FIRST)) ||
		    s->after.page[PAGE_OF(s, WRITTEN_FIRST)] & WP, LOST,
		    "walk_end not behind a written page that was neither reported nor armed; it is page %td",
		    ((char *)q.walk_end - s->region.start) / (ptrdiff_t)page_size());
}

TEST_F(hugetlb_scan, walk_end_lies_behind_what_was_reported)
{
	COVERS(SC_LIMITS, SC_WP_MATCHING);
	struct stage *s = &self->s;
	struct scan q = question(s, PAGE_OF(s, 1) + 5, PAGE_OF(s, 3), ARM, WRITTEN);

	ASK(s, &q, &self->answer);
	LOOK(s, &s->after);
	EXPECT_ORDERLY(&self->answer);
	EXPECT_HUGE(s, &s->after, 2, 3, WP, WRITTEN);
}

/* Not in part, and so not at all. */
TEST_F(hugetlb_scan, part_of_a_huge_page_is_not_armed)
{
	COVERS(SC_WP_MATCHING, WP_RANGE_EXACT);
	struct stage *s = &self->s;
	struct scan q = question(s, PAGE_OF(s, 1) + 5, PAGE_OF(s, 2), ARM, WRITTEN);
	struct page_region vec[4];

	q.vec = vec;
	q.vec_len = ARRAY_SIZE(vec);
	EXPECT_THAT(scan_call(&q) == 0, EXTRA, "no part of a huge page reported");
	LOOK(s, &s->after);
	EXPECT_SAME(s, &s->before, &s->after);
}

TEST_F(hugetlb_scan, without_a_vector_all_that_matches_is_armed)
{
	COVERS(SC_WP_NO_VEC);
	struct stage *s = &self->s;
	struct scan q = question(s, PAGE_OF(s, 2), s->region.pages, ARM, WRITTEN);

	ASSERT_OK(scan_call(&q));
	LOOK(s, &s->after);
	EXPECT_SAME_IN(s, &s->before, &s->after, 0, PAGE_OF(s, 2));
	EXPECT_HUGE(s, &s->after, 2, WRITTEN_END, PRESENT | WP, WRITTEN);
}

/* Nothing there. With a table, once there was. */
FIXTURE(hugetlb_scan_hole)
{
	struct stage s;
	struct scan_answer answer;
};

FIXTURE_VARIANT(hugetlb_scan_hole)
{
	bool table;
};

FIXTURE_VARIANT_ADD(hugetlb_scan_hole, untabled) { .table = false };
FIXTURE_VARIANT_ADD(hugetlb_scan_hole, tabled) { .table = true };

FIXTURE_SETUP(hugetlb_scan_hole)
{
	struct stage *s = &self->s;

	ARRANGE(stage_region(s, variant->table ? HUGETLB : HUGETLB_HOLES, 4 * hugetlb_unit(), &lack));
	if (variant->table)
		ASSERT_OK(region_advise(&s->region, 0, s->region.pages, MADV_DONTNEED));
	ARRANGE(stage_register(s, ASYNC, 0, &lack));
	LOOK(s, &s->before);
}

FIXTURE_TEARDOWN(hugetlb_scan_hole)
{
	scan_answer_free(&self->answer);
	stage_clear(&self->s);
}

struct asked {
	const struct stage *s;
	const struct scan *q;
	struct scan_answer *answer;
	int err;
};

static void *do_ask(void *arg)
{
	struct asked *a = arg;

	a->err = scan_answer_read(a->answer, &a->s->region, a->q);
	return NULL;
}

/* In a thread of its own, which a kernel that waits for itself never gives back. */
static bool ask_in_time(const struct place *at, struct asked *a)
{
	struct timespec end;
	pthread_t thread;

	clock_gettime(CLOCK_REALTIME, &end);
	end.tv_sec += CASE_DEADLINE_MS / 1000;
	a->err = -pthread_create(&thread, NULL, do_ask, a);
	if (!a->err && pthread_timedjoin_np(thread, NULL, &end))
		return check_charge(at, REQUIREMENT_NONE, HANG, "the scan to end; after %d s it hasn't",
				    CASE_DEADLINE_MS / 1000);
	return check_ok(at, "PAGEMAP_SCAN", a->err);
}

/* Every page of the area matches, written or not. */
TEST_F(hugetlb_scan_hole, is_armed_where_it_is_reported_and_nowhere_else)
{
	COVERS(SC_WP_MATCHING, WP_UNPOPULATED);
	struct stage *s = &self->s;
	struct scan q = question(s, PAGE_OF(s, 1), PAGE_OF(s, 3), ARM, WPALLOWED);
	struct asked asked = { s, &q, &self->answer, 0 };

	OR_LEAVE(ask_in_time(HERE, &asked));
	LOOK(s, &s->after);
	EXPECT_ORDERLY(&self->answer);
	EXPECT_MODEL(&q, &s->before, &self->answer);
	EXPECT_ARMED(s, &self->answer);
}

TEST_F(hugetlb_scan_hole, part_of_a_huge_page_arms_nothing_outside_it)
{
	COVERS(WP_RANGE_EXACT, SC_WP_MATCHING);
	struct stage *s = &self->s;
	struct scan q = question(s, PAGE_OF(s, 1) + 1, PAGE_OF(s, 1) + 2, ARM, WPALLOWED);
	struct asked asked = { s, &q, &self->answer, 0 };

	OR_LEAVE(ask_in_time(HERE, &asked));
	LOOK(s, &s->after);
	EXPECT_SAME_IN(s, &s->before, &s->after, 0, PAGE_OF(s, 1) + 1);
	EXPECT_SAME_IN(s, &s->before, &s->after, PAGE_OF(s, 1) + 2, s->region.pages);
}
