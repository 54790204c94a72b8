// SPDX-License-Identifier: GPL-2.0
/*
 * What PAGEMAP_SCAN reports: masks select, regions add up.
 * Why: a dump or a migration copies what the scan names; a page that a mask drops wrongly is a page that isn't saved.
 */
#include "case.h"
#include "mixed.h"
#include "scan_checks.h"

#define ALL (WPALLOWED | WRITTEN | FILE_BACKED | PRESENT | SWAPPED | ZERO | HUGE)

FIXTURE(scan)
{
	struct stage s;
	struct scan_answer answer;
};

FIXTURE_SETUP(scan)
{
	CASE_MIXED(&self->s);
	EXPECT_MIXED(&self->s, &self->s.before);
}

FIXTURE_TEARDOWN(scan)
{
	scan_answer_free(&self->answer);
	stage_clear(&self->s);
}

/* Questions that people ask, and the corners. */
static const struct masks {
	uint32_t mask, inverted, anyof, ret;
} asked[] = {
	{ .mask = WRITTEN, .ret = WRITTEN },				/* a tracker's, the fast path */
	{ .mask = WRITTEN, .ret = WRITTEN | HUGE },			/* the same by the generic path */
	{ .mask = WRITTEN | FILE_BACKED, .inverted = SWAPPED,
	  .anyof = PRESENT | HUGE, .ret = WRITTEN | SWAPPED | PRESENT | HUGE },	/* pagemap.rst's second example */
	{ .mask = ZERO, .inverted = ZERO, .anyof = PRESENT | SWAPPED, .ret = ALL },	/* a dump's: content that isn't zero */
	{ .mask = WRITTEN | WPALLOWED, .inverted = ZERO | WRITTEN, .ret = PRESENT },
	{ .mask = WPALLOWED, .inverted = WPALLOWED, .ret = ALL },	/* nothing */
	{ .anyof = HUGE | SWAPPED, .inverted = HUGE | SWAPPED, .ret = HUGE },
	{ .mask = ALL, .inverted = ALL & ~(PRESENT | WPALLOWED), .ret = ALL },
	{ .ret = ALL },							/* everything */
	{ .ret = 0 },							/* everything, without names: one region */
};

static const uint32_t category[] = { WPALLOWED, WRITTEN, FILE_BACKED, PRESENT, SWAPPED, ZERO, HUGE };

/* Four combinations for each category with the next one. */
static struct masks combined(size_t i)
{
	uint32_t one = category[i / 4], next = category[(i / 4 + 1) % ARRAY_SIZE(category)];
	const struct masks of[] = {
		{ .mask = one, .ret = one | next },
		{ .mask = one, .inverted = one, .ret = ALL & ~one },
		{ .anyof = one | next, .inverted = next, .ret = ALL },
		{ .mask = one, .anyof = next | WRITTEN, .inverted = WRITTEN, .ret = ALL & ~next },
	};

	return of[i % 4];
}

static struct scan question(const struct stage *s, const struct masks *m)
{
	struct scan q = scan_pages(&s->region, 0, s->region.pages);

	q.mask = m->mask;
	q.inverted = m->inverted;
	q.anyof = m->anyof;
	q.ret = m->ret;
	return q;
}

TEST_F(scan, masks_select_and_name_as_documented)
{
	COVERS(SC_MASKS);
	struct stage *s = &self->s;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(asked); i++) {
		struct scan q = question(s, &asked[i]);

		ASK(s, &q, &self->answer);
		ASSERT_MODEL(&q, &s->before, &self->answer);
	}
}

TEST_F(scan, each_category_selects_by_every_mask)
{
	COVERS(SC_MASKS);
	struct stage *s = &self->s;
	size_t i;

	for (i = 0; i < 4 * ARRAY_SIZE(category); i++) {
		struct masks m = combined(i);
		struct scan q = question(s, &m);

		ASK(s, &q, &self->answer);
		ASSERT_MODEL(&q, &s->before, &self->answer);
	}
}

TEST_F(scan, asking_changes_nothing)
{
	COVERS(SC_MASKS);
	struct stage *s = &self->s;
	struct scan q = question(s, &asked[0]);

	ASK(s, &q, &self->answer);
	LOOK(s, &s->after);
	EXPECT_SAME(s, &s->before, &s->after);
}

TEST_F(scan, regions_are_maximal_ordered_and_disjoint)
{
	COVERS(SC_REGIONS);
	struct stage *s = &self->s;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(asked); i++) {
		struct scan q = question(s, &asked[i]);

		ASK(s, &q, &self->answer);
		ASSERT_ORDERLY(&self->answer);
	}
}

TEST_F(scan, regions_end_where_the_range_does_inside_huge_pages)
{
	COVERS(SC_REGIONS);
	struct stage *s = &self->s;
	struct scan q = scan_pages(&s->region, pmd_pages() + 100, 2 * pmd_pages() + 37);

	q.mask = PRESENT;
	q.ret = PRESENT | HUGE | ZERO;
	ASK(s, &q, &self->answer);
	EXPECT_ORDERLY(&self->answer);
	EXPECT_MODEL(&q, &s->before, &self->answer);
	EXPECT_THAT(self->answer.regions == 1, DISAGREE, "one region over both huge zero pages; %zu came",
		    self->answer.regions);
}

/* Of memory that no set-up has proved, for a proof asks the same way. */
FIXTURE(plainly)
{
	struct stage none;
	int fd;
};

FIXTURE_SETUP(plainly)
{
	self->fd = pagemap_open(0);
	ASSERT_OK(self->fd);
}

FIXTURE_TEARDOWN(plainly)
{
	close(self->fd);
	stage_clear(&self->none);
}

TEST_F(plainly, scan_that_came_to_the_end_says_so)
{
	COVERS(SC_LIMITS, SC_REGIONS);
	char *page = aligned_alloc(page_size(), 2 * page_size());
	struct page_region vec[4];
	struct scan q = { .start = page, .len = 2 * page_size(), .mask = PRESENT, .ret = PRESENT, .vec = vec,
			  .vec_len = ARRAY_SIZE(vec) };
	int regions;

	memset(page, 1, 2 * page_size());
	regions = scan_once(self->fd, &q);
	if (regions == -ENOTTY)
		SKIP(return, "this kernel has no PAGEMAP_SCAN (Linux 6.7)");
	EXPECT_THAT(regions == 1 && vec[0].start == (uintptr_t)page && vec[0].end == (uintptr_t)page + 2 * page_size(), LOST,
		    "one region of both pages; there are %d", regions);
	EXPECT_THAT(q.walk_end == page + 2 * page_size(), DISAGREE, "walk_end at the range's end; it is %p, the end %p",
		    q.walk_end, page + 2 * page_size());
	free(page);
}
