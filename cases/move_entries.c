// SPDX-License-Identifier: GPL-2.0
/*
 * UFFDIO_MOVE of what isn't a page in memory: protected pages that were swapped out, and protected holes.
 * Why: a page that is in memory arrives unprotected; one that happened to be in swap must not arrive otherwise, or what
 * was moved is never reported, and a bit is left where nobody asked for protection.
 */
#include "../common/swap.h"
#define CASE_PREPARE swap_prepare
#include <sys/mman.h>

#include "../common/reshape.h"
#include "../common/rwp.h"
#include "case.h"
#include "moving.h"

#define PAGES 16
#define PAGE 5
#define VALUE 0xa5
#define MISSING UFFDIO_REGISTER_MODE_MISSING
#define MISSING_WP (UFFDIO_REGISTER_MODE_MISSING | UFFDIO_REGISTER_MODE_WP)

/* The stage is the source; the destination is a region of its own, with the same descriptor. */
FIXTURE(swapped)
{
	struct stage s;
	struct stage to;
};

FIXTURE_VARIANT(swapped)
{
	enum region_mode mode;
	uint64_t to;		/* how the destination is registered */
};

FIXTURE_VARIANT_ADD(swapped, to_sync) { .mode = SYNC, .to = MISSING_WP };
FIXTURE_VARIANT_ADD(swapped, to_async) { .mode = ASYNC, .to = UFFDIO_REGISTER_MODE_WP };
FIXTURE_VARIANT_ADD(swapped, to_missing_only) { .mode = SYNC, .to = MISSING };

FIXTURE_SETUP(swapped)
{
	struct stage *s = &self->s;

	self->to.uffd.fd = -1;
	CASE_AGENT(AGENT_STORE);
	ARRANGE(swap_need(&lack));
	ARRANGE(stage_region(s, BASE_PAGES, PAGES, &lack));
	ARRANGE(stage_register(s, variant->mode, UFFD_FEATURE_MOVE, &lack));
	ASSERT_OK(stage_protect(s, 0, PAGES));
	ARRANGE(swap_out(&s->region, 0, PAGES, &lack));
	LOOK(s, &s->before);
	ASSERT_OK(make_destination(&self->to, s, variant->to));
}

FIXTURE_TEARDOWN(swapped)
{
	stage_clear(&self->s);
	stage_clear(&self->to);
}

TEST_F(swapped, pages_arrive_unprotected_as_others_do)
{
	COVERS(FI_MOVE, LC_SWAP, PM_BIT57);
	struct stage *s = &self->s, *to = &self->to;
	int64_t moved = 0;

	ACT_BY(move(to, s, 0, PAGES, 0, &moved));
	LOOK(s, &s->after);
	EXPECT_PAGES(s, &s->after, 0, PAGES, 0, PRESENT | SWAPPED | WP);
	LOOK(to, &to->after);
	EXPECT_PAGES(to, &to->after, 0, PAGES, to->region.mode == UNREGISTERED ? 0 : WRITTEN, PRESENT | WP);
}

TEST_F(swapped, store_to_what_was_moved_leaves_no_bit)
{
	COVERS(WP_NEVER_WRITABLE, FI_MOVE);
	struct stage *s = &self->s, *to = &self->to;
	int64_t moved = 0;

	ACT_BY(move(to, s, 0, PAGES, 0, &moved));
	START(to, &to->writer, AGENT_STORE, PAGE, VALUE);
	/* Protected it would have to wait, and say so; it isn't: see the test above. */
	if (agent_settle(&to->writer, CASE_DEADLINE_MS) == AGENT_DONE) {
		LOOK(to, &to->after);
		EXPECT_PAGES(to, &to->after, PAGE, PAGE + 1, PRESENT, WP);
		EXPECT_WRITTEN_ONLY(to, AGENT_STORE, PAGE, VALUE);
	}
}

FIXTURE(swapped_rwp)
{
	struct stage s;
	struct stage to;
};

FIXTURE_SETUP(swapped_rwp)
{
	struct stage *s = &self->s;

	self->to.uffd.fd = -1;
	ARRANGE(swap_need(&lack));
	ARRANGE(stage_region(s, BASE_PAGES, PAGES, &lack));
	ARRANGE(rwp_register(s, SYNC, UFFD_FEATURE_MOVE | UFFD_FEATURE_PAGEFAULT_FLAG_WP, &lack));
	ASSERT_OK(rwp_protect(s, 0, PAGES));
	ARRANGE(swap_out(&s->region, 0, PAGES, &lack));
	LOOK(s, &s->before);
	ASSERT_OK(make_destination(&self->to, s, MISSING_WP));
}

FIXTURE_TEARDOWN(swapped_rwp)
{
	stage_clear(&self->s);
	stage_clear(&self->to);
}

TEST_F(swapped_rwp, protection_of_the_other_kind_does_not_come_along)
{
	COVERS(FI_MOVE, LC_SWAP);
	struct stage *s = &self->s, *to = &self->to;
	int64_t moved = 0;

	ACT_BY(move(to, s, 0, PAGES, 0, &moved));
	LOOK(to, &to->after);
	EXPECT_PAGES(to, &to->after, 0, PAGES, 0, PRESENT | WP);
}

/* Page PAGE is a protected hole, at one end or the other. */
FIXTURE(hole)
{
	struct stage s;
	struct stage to;
};

FIXTURE_SETUP(hole)
{
	struct stage *s = &self->s;

	self->to.uffd.fd = -1;
	ARRANGE(stage_region(s, BASE_PAGES, PAGES, &lack));
	ARRANGE(stage_register(s, SYNC, UFFD_FEATURE_MOVE | UFFD_FEATURE_WP_UNPOPULATED, &lack));
	ASSERT_OK(make_destination(&self->to, s, MISSING_WP));
}

FIXTURE_TEARDOWN(hole)
{
	stage_clear(&self->s);
	stage_clear(&self->to);
}

TEST_F(hole, protected_one_is_filled_as_by_copy)
{
	COVERS(FI_MOVE);
	struct stage *s = &self->s, *to = &self->to;
	int64_t moved = 0;

	ASSERT_OK(uffd_writeprotect(&s->uffd, stage_page(to, PAGE), page_size(), UFFDIO_WRITEPROTECT_MODE_WP));
	ACT_BY(move(to, s, 0, PAGES, 0, &moved));
	LOOK(to, &to->after);
	EXPECT_PAGES(to, &to->after, 0, PAGES, PRESENT | ANON, 0);
}

TEST_F(hole, protected_one_in_the_source_is_passed_over_where_that_is_allowed)
{
	COVERS(FI_MOVE);
	struct stage *s = &self->s, *to = &self->to;
	int64_t moved = 0;

	ASSERT_OK(region_advise(&s->region, PAGE, PAGE + 1, MADV_DONTNEED));
	ASSERT_OK(stage_protect(s, 0, PAGES));
	ACT_BY(move(to, s, 0, PAGES, UFFDIO_MOVE_MODE_ALLOW_SRC_HOLES, &moved));
	LOOK(to, &to->after);
	EXPECT_PAGES(to, &to->after, 0, PAGE, PRESENT | ANON, WP);
	EXPECT_PAGES(to, &to->after, PAGE, PAGE + 1, 0, PRESENT | WP);
	EXPECT_PAGES(to, &to->after, PAGE + 1, PAGES, PRESENT | ANON, WP);
}
