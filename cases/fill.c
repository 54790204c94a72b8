// SPDX-License-Identifier: GPL-2.0
/*
 * Filling holes by hand (COPY, ZEROPAGE) in memory that is registered for missing pages and for writes.
 * Why: a snapshot is restored page by page while its writes are tracked; a page that comes up unprotected is a write that
 * nobody hears of.
 */
#include <sys/mman.h>

#include "../common/reshape.h"
#include "filling.h"

#ifndef MADV_POPULATE_READ
#define MADV_POPULATE_READ 22
#endif

FIXTURE(hole)
{
	struct stage s;
};

FIXTURE_SETUP(hole)
{
	CASE_AGENT(AGENT_STORE);
	CASE_REGISTERED(&self->s, SYNC, UNPOPULATED, 1);
	ASSERT_OK(also_missing(&self->s));
	LOOK(&self->s, &self->s.before);
}

FIXTURE_TEARDOWN(hole)
{
	stage_clear(&self->s);
}

TEST_F(hole, copied_page_is_protected_where_that_was_asked_for)
{
	COVERS(FI_COPY_WP);
	struct stage *s = &self->s;
	int64_t copied = 0;

	ACT_BY(uffd_copy(&s->uffd, stage_page(s, PAGE), source(), page_size(), UFFDIO_COPY_MODE_WP, &copied));
	ACT_BY(copy(s, NEXT, 0));
	EXPECT_THAT(copied == (int64_t)page_size(), INTERFACE, "a page copied; it is %lld bytes", (long long)copied);
	LOOK(s, &s->after);
	EXPECT_PAGES(s, &s->after, PAGE, NEXT, PRESENT | ANON | WP, WRITTEN);
	EXPECT_PAGES(s, &s->after, NEXT, NEXT + 1, PRESENT | ANON | WRITTEN, WP);
	EXPECT_SAME_IN(s, &s->before, &s->after, NEXT + 1, s->region.pages);
	EXPECT_THAT(!memcmp(stage_page(s, PAGE), source(), page_size()), LOST, "the content copied");

	ACT(s, AGENT_STORE, NEXT, VALUE + 1);
	EXPECT_NO_EVENT(s);
	ASSERT_CAUGHT(s, PAGE, VALUE);
}

TEST_F(hole, page_copied_protected_into_readonly_memory_is_caught_once_writable)
{
	COVERS(FI_COPY_WP, LC_MPROTECT);
	struct stage *s = &self->s;

	ASSERT_OK(region_allow(&s->region, 0, s->region.pages, PROT_READ));
	ACT_BY(copy(s, PAGE, UFFDIO_COPY_MODE_WP));
	ASSERT_OK(region_allow(&s->region, 0, s->region.pages, PROT_READ | PROT_WRITE));
	LOOK(s, &s->after);
	EXPECT_PAGES(s, &s->after, PAGE, NEXT, PRESENT | ANON | WP, WRITTEN);
	ASSERT_CAUGHT(s, PAGE, VALUE);
}

TEST_F(hole, copied_into_a_protected_hole_stays_protected)
{
	COVERS(WP_POPULATE_KEEPS, FI_COPY_WP);
	struct stage *s = &self->s;

	ASSERT_OK(stage_protect(s, 0, s->region.pages));
	ACT_BY(copy(s, PAGE, UFFDIO_COPY_MODE_WP));
	LOOK(s, &s->after);
	EXPECT_PAGES(s, &s->after, PAGE, NEXT, PRESENT | ANON, 0);
	EXPECT_PAGES(s, &s->after, 0, s->region.pages, WP, WRITTEN);
	ASSERT_CAUGHT(s, PAGE, VALUE);
}

TEST_F(hole, zeropage_maps_an_unprotected_zero_page)
{
	COVERS(FI_ZERO);
	struct stage *s = &self->s;
	int64_t zeroed = 0;

	ACT_BY(uffd_zeropage(&s->uffd, stage_page(s, PAGE), 2 * page_size(), 0, &zeroed));
	EXPECT_THAT(zeroed == 2 * (int64_t)page_size(), INTERFACE, "two pages; it is %lld bytes", (long long)zeroed);
	LOOK(s, &s->after);
	EXPECT_PAGES(s, &s->after, PAGE, PAGE + 2, PRESENT | ZERO | WRITTEN, WP | HUGE);
	EXPECT_SAME_IN(s, &s->before, &s->after, PAGE + 2, s->region.pages);
	ASSERT_OK(stage_protect(s, PAGE, NEXT));
	ASSERT_CAUGHT(s, PAGE, VALUE);
}

TEST_F(hole, zeropage_fills_a_protected_hole_as_copy_does)
{
	COVERS(FI_ZERO);
	struct stage *s = &self->s;

	ASSERT_OK(stage_protect(s, 0, s->region.pages));
	ACT_BY(uffd_zeropage(&s->uffd, stage_page(s, PAGE), page_size(), 0, NULL));
}

TEST_F(hole, flags_tell_missing_pages_from_protected_ones)
{
	COVERS(EV_MISSING_MIX);
	struct stage *s = &self->s;

	START(s, &s->second, AGENT_LOAD, NEXT, 0);
	OR_LEAVE(take_flags(HERE, s, "of a read of a missing page", 0));
	START(s, &s->writer, AGENT_STORE, PAGE, VALUE);
	OR_LEAVE(take_flags(HERE, s, "of a write to a missing page", UFFD_PAGEFAULT_FLAG_WRITE));
	ASSERT_OK(copy(s, NEXT, UFFDIO_COPY_MODE_WP));
	ASSERT_DONE(s, &s->second);
	ASSERT_OK(copy(s, PAGE, UFFDIO_COPY_MODE_WP));
	OR_LEAVE(take_flags(HERE, s, "of the write, once the page is there and protected",
			    UFFD_PAGEFAULT_FLAG_WRITE | UFFD_PAGEFAULT_FLAG_WP));
	ASSERT_OK(stage_unprotect(s, PAGE, NEXT, 0));
	ASSERT_DONE(s, &s->writer);
	EXPECT_NO_EVENT(s);
}

/* Populated by reading, without a fault of its own for each page. */
FIXTURE(populated)
{
	struct stage s;
};

FIXTURE_SETUP(populated)
{
	CASE_AGENT(AGENT_STORE);
	CASE_STAGE(&self->s, SYNC, UNPOPULATED, 1);
}

FIXTURE_TEARDOWN(populated)
{
	stage_clear(&self->s);
}

TEST_F(populated, pages_stay_protected_and_a_store_is_caught)
{
	COVERS(WP_POPULATE_KEEPS, WP_READ_KEEPS);
	struct stage *s = &self->s;
	int err = region_advise(&s->region, 0, s->region.pages, MADV_POPULATE_READ);

	if (err == -EINVAL)
		SKIP(return, "this kernel has no MADV_POPULATE_READ");
	ACT_BY(err);
	EXPECT_NO_EVENT(s);
	LOOK(s, &s->after);
	EXPECT_PAGES(s, &s->after, 0, s->region.pages, PRESENT | WP, WRITTEN);
	ASSERT_CAUGHT(s, PAGE, VALUE);
}
