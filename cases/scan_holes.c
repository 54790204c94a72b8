// SPDX-License-Identifier: GPL-2.0
/*
 * Get-and-protect of memory that isn't populated, with a page table and without.
 * Why: what is reported as written and not armed comes again with every scan; and what is then written there first,
 * nobody hears of.
 */
#include <sys/mman.h>

#include "case.h"
#include "scan_checks.h"

#define PAGE 5
#define VALUE 0xa5

FIXTURE(scan_holes)
{
	struct stage s;
	struct scan_answer answer;
};

FIXTURE_VARIANT(scan_holes)
{
	bool table;		/* a page beside the holes: there is a page table */
	bool vector;
};

FIXTURE_VARIANT_ADD(scan_holes, no_table) { .vector = true };
FIXTURE_VARIANT_ADD(scan_holes, no_table_no_vector) { };
FIXTURE_VARIANT_ADD(scan_holes, table) { .table = true, .vector = true };
FIXTURE_VARIANT_ADD(scan_holes, table_no_vector) { .table = true };

FIXTURE_SETUP(scan_holes)
{
	struct stage *s = &self->s;

	CASE_REGISTERED(s, ASYNC, UNPOPULATED, 1);
	madvise(s->region.start, s->region.pages * page_size(), MADV_NOHUGEPAGE);
	if (variant->table)
		ACT(s, AGENT_STORE, 0, VALUE);
	LOOK(s, &s->before);
}

FIXTURE_TEARDOWN(scan_holes)
{
	scan_answer_free(&self->answer);
	stage_clear(&self->s);
}

TEST_F(scan_holes, are_armed_and_a_store_is_reported)
{
	COVERS(SC_WP_MATCHING, SC_WP_NO_VEC, WP_NO_LOST_WRITE, WP_UNPOPULATED);
	struct stage *s = &self->s;
	struct scan q = scan_arming(s, 1, s->region.pages, WRITTEN, variant->vector ? WRITTEN : 0);

	if (variant->vector)
		ASK(s, &q, &self->answer);
	else
		ASSERT_OK(scan_call(&q));
	LOOK(s, &s->after);
	EXPECT_SAME_IN(s, &s->before, &s->after, 0, 1);
	EXPECT_PAGES(s, &s->after, 1, s->region.pages, WP, WRITTEN | PRESENT);

	ACT(s, AGENT_STORE, PAGE, VALUE);
	LOOK(s, &s->after);
	EXPECT_PAGES(s, &s->after, PAGE, PAGE + 1, PRESENT | ANON | WRITTEN, WP);
	EXPECT_PAGES(s, &s->after, PAGE + 1, s->region.pages, WP, WRITTEN | PRESENT);
}
