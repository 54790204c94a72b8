// SPDX-License-Identifier: GPL-2.0
/*
 * Mapping by hand (CONTINUE) what a shared file holds in the page cache, in memory that is registered for that and for writes.
 * Why: a migrated guest's memory is mapped page by page while its writes are tracked.
 */
#include "filling.h"

#define MINOR_PAGES 64

/* A shared file's pages are in the page cache, and not mapped. */
FIXTURE(minor)
{
	struct stage s;
};

FIXTURE_SETUP(minor)
{
	struct stage *s = &self->s;

	CASE_AGENT(AGENT_STORE);
	ARRANGE(stage_region(s, SHMEM_CACHED, MINOR_PAGES, &lack));
	ARRANGE(stage_register(s, SYNC, UFFD_FEATURE_MINOR_SHMEM, &lack));
	ASSERT_OK(uffd_register(&s->uffd, s->region.start, s->region.pages * page_size(),
				UFFDIO_REGISTER_MODE_MINOR | UFFDIO_REGISTER_MODE_WP, NULL));
}

FIXTURE_TEARDOWN(minor)
{
	stage_clear(&self->s);
}

static int map_cached(struct stage *s, size_t page, uint64_t mode)
{
	return uffd_continue(&s->uffd, stage_page(s, page), page_size(), mode, NULL);
}

TEST_F(minor, continued_page_is_protected_where_that_was_asked_for)
{
	COVERS(FI_CONTINUE_WP);
	struct stage *s = &self->s;

	ACT_BY(map_cached(s, PAGE, UFFDIO_CONTINUE_MODE_WP));
	ACT_BY(map_cached(s, NEXT, 0));
	LOOK(s, &s->after);
	EXPECT_PAGES(s, &s->after, PAGE, NEXT, PRESENT | FILE_BACKED | WP, WRITTEN);
	EXPECT_PAGES(s, &s->after, NEXT, NEXT + 1, PRESENT | FILE_BACKED | WRITTEN, WP);
	EXPECT_ERROR(map_cached(s, PAGE, 0), -EEXIST);
	ACT(s, AGENT_STORE, NEXT, VALUE);
	EXPECT_NO_EVENT(s);
	ASSERT_CAUGHT(s, PAGE, VALUE);
}

TEST_F(minor, flags_tell_minor_faults_from_protected_pages)
{
	COVERS(EV_MISSING_MIX, FI_CONTINUE_WP);
	struct stage *s = &self->s;

	START(s, &s->writer, AGENT_STORE, PAGE, VALUE);
	OR_LEAVE(take_flags(HERE, s, "of a write to a cached page",
			    UFFD_PAGEFAULT_FLAG_WRITE | UFFD_PAGEFAULT_FLAG_MINOR));
	ASSERT_OK(map_cached(s, PAGE, UFFDIO_CONTINUE_MODE_WP));
	OR_LEAVE(take_flags(HERE, s, "of the write, once the page is mapped and protected",
			    UFFD_PAGEFAULT_FLAG_WRITE | UFFD_PAGEFAULT_FLAG_WP));
	ASSERT_OK(stage_unprotect(s, PAGE, NEXT, 0));
	ASSERT_DONE(s, &s->writer);
}
