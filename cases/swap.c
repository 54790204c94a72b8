// SPDX-License-Identifier: GPL-2.0
/*
 * Protected pages that the kernel writes out to swap, and brings back.
 * Why: out there the protection is a bit in a swap entry, copied by hand on the way out, on the way in and by whoever
 * changes the entry meanwhile; a machine short of memory then loses writes, and no other.
 */
#include "../common/swap.h"
#define CASE_PREPARE swap_prepare
#include "../common/heir.h"
#include "../common/reshape.h"
#include "case.h"
#include "variants.h"

#define PAGES 16
#define PAGE 5
#define FIRST 4
#define END 9
#define VALUE 0xa5

#define NEEDS_SWAP ARRANGE(swap_need(&lack))
/* Skips where the kernel keeps the pages. */
#define SWAP_OUT(s) do {							\
	ARRANGE(swap_out(&(s)->region, 0, (s)->region.pages, &lack));		\
	LOOK(s, &(s)->after);							\
} while (0)

/* Reads a byte of each page: what is in swap comes back. */
static int read_all(const struct stage *s)
{
	size_t page;

	for (page = 0; page < s->region.pages; page++)
		(void)READ_ONCE(*stage_page(s, page));
	return 0;
}

FIXTURE(swapped)
{
	struct stage s;
};

FIXTURE_SETUP(swapped)
{
	CASE_AGENT(AGENT_STORE);
	NEEDS_SWAP;
	CASE_STAGE_PAGES(&self->s, SYNC, BASE_PAGES, PAGES);
	SWAP_OUT(&self->s);
}

FIXTURE_TEARDOWN(swapped)
{
	stage_clear(&self->s);
}

TEST_F(swapped, pages_come_back_protected_and_a_store_is_caught)
{
	COVERS(LC_SWAP, WP_PERSISTS, PM_BIT57, WP_NEVER_WRITABLE);
	struct stage *s = &self->s;

	EXPECT_PAGES(s, &s->after, 0, PAGES, SWAPPED | WP, PRESENT | WRITTEN);
	ACT_BY(read_all(s));
	EXPECT_NO_EVENT(s);
	LOOK(s, &s->after);
	EXPECT_SAME(s, &s->before, &s->after);

	ASSERT_CAUGHT(s, PAGE, VALUE);
	EXPECT_UNTOUCHED(s);
}

TEST_F(swapped, store_waits_until_its_page_is_unprotected)
{
	COVERS(LC_SWAP, EV_ONE, EV_CONTENT_HELD);
	struct stage *s = &self->s;

	ASSERT_CAUGHT(s, PAGE, VALUE);
	ASSERT_OK(stage_unprotect(s, PAGE, PAGE + 1, 0));
	ASSERT_DONE(s, &s->writer);
	EXPECT_NO_EVENT(s);
	LOOK(s, &s->after);
	EXPECT_FREED(s, AGENT_STORE, PAGE);
	EXPECT_WRITTEN_ONLY(s, AGENT_STORE, PAGE, VALUE);
}

TEST_F(swapped, unprotecting_frees_exactly_its_pages)
{
	COVERS(LC_SWAP, WP_RANGE_EXACT);
	struct stage *s = &self->s;

	ACT_BY(stage_unprotect(s, FIRST, END, 0));
	LOOK(s, &s->after);
	EXPECT_PAGES(s, &s->after, 0, FIRST, SWAPPED | WP, WRITTEN);
	OR_LEAVE(EXPECT_PAGES(s, &s->after, FIRST, END, SWAPPED | WRITTEN, WP));
	EXPECT_PAGES(s, &s->after, END, PAGES, SWAPPED | WP, WRITTEN);

	ACT(s, AGENT_STORE, PAGE, VALUE);
	EXPECT_NO_EVENT(s);
	EXPECT_WRITTEN_ONLY(s, AGENT_STORE, PAGE, VALUE);
}

TEST_F(swapped, swapoff_brings_them_back_protected)
{
	COVERS(LC_SWAP, WP_PERSISTS);
	struct stage *s = &self->s;
	int err = swap_off();

	OR_LEAVE(EXPECT_THAT(err != -ETIME, HANG, "swapoff to end; it spins"));
	EXPECT_OK(err);
	LOOK(s, &s->after);
	EXPECT_SAME(s, &s->before, &s->after);
	EXPECT_UNTOUCHED(s);

	ASSERT_CAUGHT(s, PAGE, VALUE);
}

TEST_F(swapped, fork_child_has_no_protection_and_the_parent_keeps_it)
{
	COVERS(LC_FORK, LC_SWAP);
	struct stage *s = &self->s;
	ssize_t inherited = heir_protected_at_birth(&s->region);

	EXPECT_THAT(!inherited, EXTRA, "no page of the child protected; %zd are", inherited);
	LOOK(s, &s->after);
	EXPECT_PAGES(s, &s->after, 0, PAGES, SWAPPED | WP, WRITTEN);
}

FIXTURE(swapped_moved)
{
	struct stage s;
	struct region left;	/* where the pages went, and after that what stays behind */
};

FIXTURE_SETUP(swapped_moved)
{
	NEEDS_SWAP;
	CASE_STAGE_PAGES(&self->s, SYNC, BASE_PAGES, PAGES);
	SWAP_OUT(&self->s);
	ASSERT_OK(region_make_pages(&self->left, BASE_PAGES, PAGES));
}

FIXTURE_TEARDOWN(swapped_moved)
{
	stage_clear(&self->s);
	region_free(&self->left);
}

TEST_F(swapped_moved, pages_are_unprotected_where_mremap_takes_them)
{
	COVERS(LC_MREMAP, LC_SWAP, PM_BIT57);
	struct stage *s = &self->s;

	ACT_BY(region_move(&s->region, 0, &self->left));
	s->region.mode = UNREGISTERED;
	LOOK(s, &s->after);
	EXPECT_PAGES(s, &s->after, 0, PAGES, SWAPPED, WP);
}

FIXTURE(swapped_bare)
{
	struct stage s;
};

FIXTURE_SETUP(swapped_bare)
{
	CASE_AGENT(AGENT_STORE);
	NEEDS_SWAP;
	CASE_REGISTERED_PAGES(&self->s, SYNC, BASE_PAGES, PAGES);
	SWAP_OUT(&self->s);
}

FIXTURE_TEARDOWN(swapped_bare)
{
	stage_clear(&self->s);
}

TEST_F(swapped_bare, protecting_takes_exactly_its_pages)
{
	COVERS(LC_SWAP, WP_RANGE_EXACT);
	struct stage *s = &self->s;

	EXPECT_PAGES(s, &s->after, 0, PAGES, SWAPPED | WRITTEN, WP);
	ACT_BY(stage_protect(s, FIRST, END));
	LOOK(s, &s->after);
	EXPECT_PAGES(s, &s->after, 0, FIRST, SWAPPED | WRITTEN, WP);
	EXPECT_PAGES(s, &s->after, FIRST, END, SWAPPED | WP, WRITTEN);
	EXPECT_PAGES(s, &s->after, END, PAGES, SWAPPED | WRITTEN, WP);

	ASSERT_CAUGHT(s, PAGE, VALUE);
}

FIXTURE(swapped_async)
{
	struct stage s;
};

FIXTURE_SETUP(swapped_async)
{
	CASE_AGENT(AGENT_STORE);
	NEEDS_SWAP;
	CASE_STAGE_PAGES(&self->s, ASYNC, BASE_PAGES, PAGES);
	SWAP_OUT(&self->s);
}

FIXTURE_TEARDOWN(swapped_async)
{
	stage_clear(&self->s);
}

TEST_F(swapped_async, store_is_reported_and_no_other_page)
{
	COVERS(WP_NO_LOST_WRITE, LC_SWAP, AS_PRECISE);
	struct stage *s = &self->s;

	ACT(s, AGENT_STORE, PAGE, VALUE);
	LOOK(s, &s->after);
	EXPECT_PAGES(s, &s->after, PAGE, PAGE + 1, PRESENT | WRITTEN, WP);
	EXPECT_PAGES(s, &s->after, 0, PAGE, WP, WRITTEN);
	EXPECT_PAGES(s, &s->after, PAGE + 1, PAGES, WP, WRITTEN);
	EXPECT_WRITTEN_ONLY(s, AGENT_STORE, PAGE, VALUE);
}

FIXTURE(swapped_thp)
{
	struct stage s;
};

FIXTURE_SETUP(swapped_thp)
{
	NEEDS_SWAP;
	CASE_STAGE(&self->s, SYNC, ANON_THP, 1);
}

FIXTURE_TEARDOWN(swapped_thp)
{
	stage_clear(&self->s);
}

TEST_F(swapped_thp, each_page_of_it_stays_protected)
{
	COVERS(LC_SWAP, WP_PERSISTS);
	struct stage *s = &self->s;

	SWAP_OUT(s);
	EXPECT_PAGES(s, &s->after, 0, s->region.pages, SWAPPED | WP, PRESENT | WRITTEN);
	/* One is enough: what comes back is small pages, as above. */
	ACT(s, AGENT_LOAD, PAGE, 0);
	LOOK(s, &s->after);
	EXPECT_PAGES(s, &s->after, 0, s->region.pages, WP, WRITTEN);
}
