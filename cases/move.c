// SPDX-License-Identifier: GPL-2.0
/*
 * UFFDIO_MOVE of protected pages: from memory registered for writes into memory registered for missing pages.
 * Why: a collector that compacts its heap this way must neither lose nor double a page, and a bit that goes along to where
 * nobody put it is a page writable and protected at once, or a fault that nobody answers.
 */
#include <sys/mman.h>

#include "../common/reshape.h"
#include "case.h"
#include "moving.h"
#include "variants.h"

#define PAGE 5
#define FEW 16
#define VALUE 0xa5

/* The stage is the source; the destination is a region of its own, with the same descriptor. */
FIXTURE(move)
{
	struct stage s;
	struct stage to;
};

FIXTURE_VARIANT(move)
{
	enum backing backing;
	bool part;
};

FIXTURE_VARIANT_ADD(move, hugezero) { .backing = HUGE_ZERO };
FIXTURE_VARIANT_ADD(move, anonthp) { .backing = ANON_THP };
FIXTURE_VARIANT_ADD(move, zeroptes) { .backing = ZERO_PTES };
FIXTURE_VARIANT_ADD(move, base) { .backing = BASE_PAGES };
FIXTURE_VARIANT_ADD(move, hugezero_part) { .backing = HUGE_ZERO, .part = true };
FIXTURE_VARIANT_ADD(move, anonthp_part) { .backing = ANON_THP, .part = true };
FIXTURE_VARIANT_ADD(move, ptethp_part) { .backing = PTE_THP, .part = true };

#define CASE_MOVE(s, to, back)							\
do {										\
	(to)->uffd.fd = -1;							\
	CASE_AGENT(AGENT_STORE);						\
	ARRANGE(stage_region(s, back, matrix_pages(back) / ((back) == HUGE_ZERO ? 2 : 1), &lack)); \
	ARRANGE(stage_register(s, SYNC, UFFD_FEATURE_MOVE, &lack));		\
	ASSERT_OK(stage_protect(s, 0, (s)->region.pages));			\
	LOOK(s, &(s)->before);							\
	ASSERT_OK(make_destination(to, s, UFFDIO_REGISTER_MODE_MISSING | UFFDIO_REGISTER_MODE_WP)); \
} while (0)

FIXTURE_SETUP(move)
{
	CASE_MOVE(&self->s, &self->to, variant->backing);
}

FIXTURE_TEARDOWN(move)
{
	stage_clear(&self->s);
	stage_clear(&self->to);
}

TEST_F(move, pages_arrive_unprotected_and_are_gone_from_the_source)
{
	COVERS(FI_MOVE, PM_BIT57);
	struct stage *s = &self->s, *to = &self->to;
	size_t end = variant->part ? FEW : s->region.pages;
	uint32_t kept = s->before.page[0] & (PRESENT | ZERO | ANON | (variant->part ? 0 : HUGE));
	int64_t moved = 0;

	ACT_BY(move(to, s, 0, end, 0, &moved));
	EXPECT_THAT(moved == (int64_t)(end * page_size()), INTERFACE, "%zu bytes moved; it is %lld", end * page_size(),
		    (long long)moved);
	LOOK(s, &s->after);
	EXPECT_PAGES(s, &s->after, 0, end, 0, PRESENT | SWAPPED | WP);
	EXPECT_PAGES(s, &s->after, end, s->region.pages, WP | PRESENT, WRITTEN);
	LOOK_AT_BOOKS(to, &to->after);
	EXPECT_PAGES(to, &to->after, 0, end, kept | WRITTEN, WP);
	EXPECT_PAGES(to, &to->after, end, s->region.pages, 0, PRESENT);
	/* Reclaim drops what is clean. */
	EXPECT_THAT(to->after.smaps.dirty == to->after.smaps.anonymous, LOST, "all %zu KiB dirty that were; %zu are",
		    to->after.smaps.anonymous / 1024, to->after.smaps.dirty / 1024);
}

TEST_F(move, content_comes_along_and_is_writable)
{
	COVERS(FI_MOVE);
	struct stage *s = &self->s, *to = &self->to;
	size_t end = variant->part ? FEW : s->region.pages;
	int64_t moved;

	ACT_BY(move(to, s, 0, end, 0, &moved));
	START(to, &to->writer, AGENT_STORE, PAGE, VALUE);
	ASSERT_DONE(to, &to->writer);
	EXPECT_NO_EVENT(s);
	to->region.pages = end;
	EXPECT_WRITTEN_ONLY(to, AGENT_STORE, PAGE, VALUE);

	/* Nothing is left of what was moved. */
	EXPECT_THAT(!*stage_page(s, PAGE), DISAGREE, "zero where page %d was", PAGE);
}

FIXTURE(onto)
{
	struct stage s;
	struct stage to;
};

FIXTURE_VARIANT(onto)
{
	enum backing backing;	/* of the source */
	bool huge;		/* a huge zero PMD is in the way, else a page */
};

FIXTURE_VARIANT_ADD(onto, hugezero_hugezero) { .backing = HUGE_ZERO, .huge = true };
FIXTURE_VARIANT_ADD(onto, anonthp_hugezero) { .backing = ANON_THP, .huge = true };
FIXTURE_VARIANT_ADD(onto, base_hugezero) { .backing = BASE_PAGES, .huge = true };
FIXTURE_VARIANT_ADD(onto, base_page) { .backing = BASE_PAGES };

FIXTURE_SETUP(onto)
{
	CASE_MOVE(&self->s, &self->to, variant->backing);
	/* A read would be a missing fault: it comes before the destination is registered. */
	ASSERT_OK(uffd_unregister(&self->s.uffd, self->to.region.start, self->to.region.pages * page_size()));
	region_free(&self->to.region);
	ARRANGE(stage_region(&self->to, variant->huge ? HUGE_ZERO : BASE_PAGES, variant->huge ? pmd_pages() : 64, &lack));
	ASSERT_OK(register_as(&self->s.uffd, &self->to.region,
			      UFFDIO_REGISTER_MODE_MISSING | UFFDIO_REGISTER_MODE_WP));
	self->to.region.mode = SYNC;
	LOOK(&self->to, &self->to.before);
}

FIXTURE_TEARDOWN(onto)
{
	stage_clear(&self->s);
	stage_clear(&self->to);
}

TEST_F(onto, existing_pages_changes_nothing)
{
	COVERS(FI_MOVE, HZ_SHARED_INTACT);
	struct stage *s = &self->s, *to = &self->to;
	int64_t moved = 1;

	EXPECT_ERROR(move_once(to, s, 0, s->region.pages, 0, &moved), -EEXIST);
	EXPECT_THAT(moved == -EEXIST, INTERFACE, "-EEXIST in the answer; it is %lld", (long long)moved);
	LOOK(s, &s->after);
	EXPECT_SAME(s, &s->before, &s->after);
	EXPECT_UNTOUCHED(s);
	LOOK(to, &to->after);
	EXPECT_SAME(to, &to->before, &to->after);
	EXPECT_UNTOUCHED(to);
}

FIXTURE(gap)
{
	struct stage s;
	struct stage to;
};

FIXTURE_SETUP(gap)
{
	CASE_MOVE(&self->s, &self->to, BASE_PAGES);
	ASSERT_OK(region_advise(&self->s.region, FEW, FEW + 1, MADV_DONTNEED));
	LOOK(&self->s, &self->s.before);
}

FIXTURE_TEARDOWN(gap)
{
	stage_clear(&self->s);
	stage_clear(&self->to);
}

TEST_F(gap, move_that_stops_there_says_how_far_it_came)
{
	COVERS(FI_MOVE);
	struct stage *s = &self->s, *to = &self->to;
	int64_t moved = 0;

	EXPECT_ERROR(move_once(to, s, 0, s->region.pages, 0, &moved), -EAGAIN);
	EXPECT_THAT(moved == (int64_t)(FEW * page_size()), LOST, "%zu bytes moved; it is %lld", FEW * page_size(),
		    (long long)moved);
	LOOK(s, &s->after);
	EXPECT_PAGES(s, &s->after, 0, FEW, 0, PRESENT);
	EXPECT_SAME_IN(s, &s->before, &s->after, FEW, s->region.pages);
	LOOK(to, &to->after);
	EXPECT_PAGES(to, &to->after, 0, FEW, PRESENT | ANON, WP);
	EXPECT_PAGES(to, &to->after, FEW, s->region.pages, 0, PRESENT);
	EXPECT_ERROR(move_once(to, s, FEW, s->region.pages, 0, &moved), -ENOENT);
}

TEST_F(gap, is_passed_over_where_that_is_allowed)
{
	COVERS(FI_MOVE);
	struct stage *s = &self->s, *to = &self->to;
	int64_t moved = 0;

	ACT_BY(move(to, s, 0, s->region.pages, UFFDIO_MOVE_MODE_ALLOW_SRC_HOLES, &moved));
	EXPECT_THAT(moved == (int64_t)(s->region.pages * page_size()), INTERFACE, "%zu bytes moved; it is %lld",
		    s->region.pages * page_size(), (long long)moved);
	LOOK(to, &to->after);
	EXPECT_PAGES(to, &to->after, 0, FEW, PRESENT | ANON, WP);
	EXPECT_PAGES(to, &to->after, FEW, FEW + 1, 0, PRESENT | WP);
	EXPECT_PAGES(to, &to->after, FEW + 1, s->region.pages, PRESENT | ANON, WP);
}
