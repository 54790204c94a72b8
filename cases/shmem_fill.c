// SPDX-License-Identifier: GPL-2.0
/*
 * Filling holes of shared memory by hand (COPY, ZEROPAGE, POISON), registered for missing pages and for writes.
 * Why: each kind of memory has its own way to a new page, and its own entry to make; here one that is writable unless
 * somebody thinks of the protection.
 */
#include "../common/region_file.h"
#include "filling.h"

#define PAGES 16

/* Nothing is in the file. */
FIXTURE(shmem_fill)
{
	struct stage s;
};

FIXTURE_SETUP(shmem_fill)
{
	struct stage *s = &self->s;

	CASE_AGENT(AGENT_STORE);
	ARRANGE(stage_region(s, SHMEM_CACHED, PAGES, &lack));
	ASSERT_OK(region_punch(&s->region, 0, PAGES));
	ARRANGE(stage_register(s, SYNC, UFFD_FEATURE_MISSING_SHMEM, &lack));
	ASSERT_OK(also_missing(s));
	LOOK(s, &s->before);
}

FIXTURE_TEARDOWN(shmem_fill)
{
	stage_clear(&self->s);
}

TEST_F(shmem_fill, copied_page_is_protected_where_that_was_asked_for)
{
	COVERS(FI_COPY_WP, WP_NEVER_WRITABLE);
	struct stage *s = &self->s;

	ACT_BY(copy(s, PAGE, UFFDIO_COPY_MODE_WP));
	ACT_BY(copy(s, NEXT, 0));
	LOOK(s, &s->after);
	EXPECT_PAGES(s, &s->after, PAGE, NEXT, PRESENT | FILE_BACKED | WP, WRITTEN);
	EXPECT_PAGES(s, &s->after, NEXT, NEXT + 1, PRESENT | FILE_BACKED | WRITTEN, WP);
	EXPECT_SAME_IN(s, &s->before, &s->after, NEXT + 1, PAGES);
	EXPECT_THAT(!memcmp(stage_page(s, PAGE), source(), page_size()), LOST, "the content copied");

	ACT(s, AGENT_STORE, NEXT, VALUE + 1);
	EXPECT_NO_EVENT(s);
	ASSERT_CAUGHT(s, PAGE, VALUE);
}

TEST_F(shmem_fill, copied_into_a_protected_hole_is_protected)
{
	COVERS(WP_POPULATE_KEEPS, FI_COPY_WP);
	struct stage *s = &self->s;

	ASSERT_OK(stage_protect(s, 0, PAGES));
	ACT_BY(copy(s, PAGE, UFFDIO_COPY_MODE_WP));
	LOOK(s, &s->after);
	EXPECT_PAGES(s, &s->after, PAGE, NEXT, PRESENT | FILE_BACKED, 0);
	EXPECT_PAGES(s, &s->after, 0, PAGES, WP, WRITTEN);
	ASSERT_CAUGHT(s, PAGE, VALUE);
}

TEST_F(shmem_fill, copy_onto_a_page_changes_nothing)
{
	COVERS(FI_COPY_WP);
	struct stage *s = &self->s;

	ASSERT_OK(copy(s, PAGE, UFFDIO_COPY_MODE_WP));
	LOOK(s, &s->before);
	EXPECT_ERROR(copy(s, PAGE, 0), -EEXIST);
	LOOK(s, &s->after);
	EXPECT_SAME(s, &s->before, &s->after);
	ASSERT_CAUGHT(s, PAGE, VALUE);
}

TEST_F(shmem_fill, zeropage_is_a_page_of_the_file_and_unprotected)
{
	COVERS(FI_ZERO);
	struct stage *s = &self->s;

	ACT_BY(uffd_zeropage(&s->uffd, stage_page(s, PAGE), page_size(), 0, NULL));
	LOOK(s, &s->after);
	EXPECT_PAGES(s, &s->after, PAGE, NEXT, PRESENT | FILE_BACKED | WRITTEN, WP | ZERO);
	EXPECT_SAME_IN(s, &s->before, &s->after, NEXT, PAGES);
	ASSERT_OK(stage_protect(s, PAGE, NEXT));
	ASSERT_CAUGHT(s, PAGE, VALUE);
}

TEST_F(shmem_fill, store_to_a_protected_hole_is_missing_first_and_caught_then)
{
	COVERS(EV_MISSING_MIX);
	struct stage *s = &self->s;

	ASSERT_OK(stage_protect(s, 0, PAGES));
	START(s, &s->writer, AGENT_STORE, PAGE, VALUE);
	OR_LEAVE(take_flags(HERE, s, "of a write to a page that isn't there", UFFD_PAGEFAULT_FLAG_WRITE));
	ASSERT_OK(copy(s, PAGE, UFFDIO_COPY_MODE_WP));
	OR_LEAVE(take_flags(HERE, s, "of the write, once the page is there and protected",
			    UFFD_PAGEFAULT_FLAG_WRITE | UFFD_PAGEFAULT_FLAG_WP));
	ASSERT_OK(stage_unprotect(s, PAGE, NEXT, 0));
	ASSERT_DONE(s, &s->writer);
	EXPECT_NO_EVENT(s);
}
