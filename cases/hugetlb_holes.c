// SPDX-License-Identifier: GPL-2.0
/*
 * Hugetlb memory that has no pages yet: armed where nothing is, with and without a page table, and filled by hand.
 * Why: a page that comes up unprotected where its range was protected is a write that nobody hears of.
 */
#include <sys/mman.h>

#include "../common/reshape.h"
#include "hugetlb_checks.h"
#include "variants.h"

#define VALUE 0xa5
#define INSIDE 5
#define MISSING (UFFDIO_REGISTER_MODE_MISSING | UFFDIO_REGISTER_MODE_WP)
#define MINOR (UFFDIO_REGISTER_MODE_MINOR | UFFDIO_REGISTER_MODE_WP)

/* Four huge pages, two on either side of a border of page tables; none has a table. */
FIXTURE(hugetlb_untabled)
{
	struct stage s;
};

FIXTURE_SETUP(hugetlb_untabled)
{
	CASE_AGENT(AGENT_STORE);
	ARRANGE(stage_region(&self->s, HUGETLB_HOLES, 4 * hugetlb_unit(), &lack));
	/* Memory of a file is protected everywhere, also without WP_UNPOPULATED. */
	ARRANGE(stage_open(&self->s, UFFD_FEATURE_PAGEFAULT_FLAG_WP | UFFD_FEATURE_WP_HUGETLBFS_SHMEM, &lack));
	ASSERT_OK(stage_attach(&self->s, SYNC));
}

FIXTURE_TEARDOWN(hugetlb_untabled)
{
	stage_clear(&self->s);
}

TEST_F(hugetlb_untabled, is_protected_and_a_store_is_caught)
{
	COVERS(WP_UNPOPULATED, EV_ONE, PM_BIT57);
	struct stage *s = &self->s;

	ACT_BY(hugetlb_protect(s, 1, 4));
	LOOK(s, &s->after);
	EXPECT_HUGE(s, &s->after, 0, 1, 0, PRESENT | WP);
	EXPECT_HUGE(s, &s->after, 1, 4, WP, PRESENT | WRITTEN);

	ACT(s, AGENT_STORE, INSIDE, VALUE);
	EXPECT_NO_EVENT(s);
	OR_LEAVE(EXPECT_CAUGHT(s, 3));
	LOOK(s, &s->after);
	EXPECT_HUGE(s, &s->after, 1, 4, WP, WRITTEN);
	EXPECT_WRITTEN_ONLY(s, AGENT_STORE, INSIDE, VALUE);
}

TEST_F(hugetlb_untabled, is_unprotected_again_and_a_store_goes_through)
{
	COVERS(WP_UNPOPULATED, WP_RANGE_EXACT);
	struct stage *s = &self->s;

	ASSERT_OK(hugetlb_protect(s, 0, 4));
	ACT_BY(hugetlb_unprotect(s, 1, 3));
	LOOK(s, &s->after);
	EXPECT_HUGE(s, &s->after, 0, 1, WP, PRESENT);
	EXPECT_HUGE(s, &s->after, 1, 3, 0, PRESENT | WP);
	EXPECT_HUGE(s, &s->after, 3, 4, WP, PRESENT);

	ACT(s, AGENT_STORE, PAGE_OF(s, 2) + INSIDE, VALUE);
	EXPECT_NO_EVENT(s);
	LOOK(s, &s->after);
	EXPECT_HUGE(s, &s->after, 2, 3, PRESENT | HUGE | WRITTEN, WP);
	OR_LEAVE(EXPECT_CAUGHT(s, 3));
}

/* A hole beside pages. */
FIXTURE(hugetlb_hole)
{
	struct stage s;
};

FIXTURE_VARIANT(hugetlb_hole)
{
	enum backing backing;
};

BACKING(hugetlb_hole, private, HUGETLB);
BACKING(hugetlb_hole, shared, HUGETLB_SHARED);

FIXTURE_SETUP(hugetlb_hole)
{
	CASE_AGENT(AGENT_STORE);
	ARRANGE(stage_region(&self->s, variant->backing, 4 * hugetlb_unit(), &lack));
	ASSERT_OK(region_advise(&self->s.region, PAGE_OF(&self->s, 1), PAGE_OF(&self->s, 2), MADV_DONTNEED));
	ARRANGE(stage_register(&self->s, SYNC, 0, &lack));
	ASSERT_OK(hugetlb_protect(&self->s, 0, 4));
}

FIXTURE_TEARDOWN(hugetlb_hole)
{
	stage_clear(&self->s);
}

TEST_F(hugetlb_hole, among_pages_is_protected_like_them)
{
	COVERS(WP_UNPOPULATED, EV_ONE);
	struct stage *s = &self->s;

	LOOK(s, &s->after);
	EXPECT_HUGE(s, &s->after, 0, 4, WP, WRITTEN);
	EXPECT_HUGE(s, &s->after, 1, 2, 0, PRESENT);
	OR_LEAVE(EXPECT_CAUGHT(s, 1));
	ASSERT_OK(hugetlb_unprotect(s, 1, 2));
	ASSERT_DONE(s, &s->writer);
	LOOK(s, &s->after);
	EXPECT_HUGE(s, &s->after, 0, 1, PRESENT | WP, WRITTEN);
	EXPECT_HUGE(s, &s->after, 1, 2, PRESENT | WRITTEN, WP);
	EXPECT_HUGE(s, &s->after, 2, 4, PRESENT | WP, WRITTEN);
}

/* Registered for missing pages, too. */
FIXTURE(hugetlb_fill)
{
	struct stage s;
	char *source;
};

FIXTURE_SETUP(hugetlb_fill)
{
	struct stage *s = &self->s;

	CASE_AGENT(AGENT_STORE);
	CASE_HUGETLB_BARE(s, SYNC, HUGETLB_HOLES, 3, UFFD_FEATURE_MISSING_HUGETLBFS);
	ASSERT_OK(uffd_register(&s->uffd, s->region.start, s->region.pages * page_size(), MISSING, NULL));
	self->source = aligned_alloc(page_size(), hugetlb_size());
	memset(self->source, VALUE, hugetlb_size());
}

FIXTURE_TEARDOWN(hugetlb_fill)
{
	stage_clear(&self->s);
	free(self->source);
}

static int copy(struct stage *s, size_t n, const char *source, uint64_t mode)
{
	return uffd_copy(&s->uffd, stage_page(s, PAGE_OF(s, n)), source, hugetlb_size(), mode, NULL);
}

TEST_F(hugetlb_fill, copied_page_is_protected_where_that_was_asked_for)
{
	COVERS(FI_COPY_WP);
	struct stage *s = &self->s;

	ACT_BY(copy(s, 1, self->source, UFFDIO_COPY_MODE_WP));
	ACT_BY(copy(s, 0, self->source, 0));
	LOOK(s, &s->after);
	EXPECT_HUGE(s, &s->after, 0, 1, PRESENT | HUGE | ANON | WRITTEN, WP);
	EXPECT_HUGE(s, &s->after, 1, 2, PRESENT | HUGE | ANON | WP, WRITTEN);
	EXPECT_SAME_IN(s, &s->before, &s->after, PAGE_OF(s, 2), PAGE_OF(s, 3));
	EXPECT_THAT(!memcmp(stage_page(s, PAGE_OF(s, 1)), self->source, hugetlb_size()), LOST, "the content copied");
	EXPECT_ERROR(copy(s, 1, self->source, 0), -EEXIST);
	LOOK(s, &s->before);
	EXPECT_SAME(s, &s->after, &s->before);

	ACT(s, AGENT_STORE, INSIDE, VALUE + 1);
	EXPECT_NO_EVENT(s);
	OR_LEAVE(EXPECT_CAUGHT(s, 1));
}

TEST_F(hugetlb_fill, copied_into_a_protected_hole_stays_protected)
{
	COVERS(WP_POPULATE_KEEPS, FI_COPY_WP);
	struct stage *s = &self->s;

	ASSERT_OK(hugetlb_protect(s, 0, 3));
	ACT_BY(copy(s, 1, self->source, UFFDIO_COPY_MODE_WP));
	LOOK(s, &s->after);
	EXPECT_HUGE(s, &s->after, 0, 3, WP, WRITTEN);
	EXPECT_HUGE(s, &s->after, 1, 2, PRESENT | HUGE | ANON, 0);
	OR_LEAVE(EXPECT_CAUGHT(s, 1));
}

/* A file's pages, in the page cache and not mapped. */
FIXTURE(hugetlb_minor)
{
	struct stage s;
};

FIXTURE_SETUP(hugetlb_minor)
{
	struct stage *s = &self->s;

	CASE_AGENT(AGENT_STORE);
	ARRANGE(stage_region(s, HUGETLB_SHARED, 3 * hugetlb_unit(), &lack));
	ASSERT_OK(region_advise(&s->region, 0, s->region.pages, MADV_DONTNEED));
	ARRANGE(stage_register(s, SYNC, UFFD_FEATURE_MINOR_HUGETLBFS, &lack));
	ASSERT_OK(uffd_register(&s->uffd, s->region.start, s->region.pages * page_size(), MINOR, NULL));
	LOOK(s, &s->before);
	EXPECT_HUGE(s, &s->before, 0, 3, 0, PRESENT | WP);
}

FIXTURE_TEARDOWN(hugetlb_minor)
{
	stage_clear(&self->s);
}

static int map_cached(struct stage *s, size_t n, uint64_t mode)
{
	return uffd_continue(&s->uffd, stage_page(s, PAGE_OF(s, n)), hugetlb_size(), mode, NULL);
}

TEST_F(hugetlb_minor, continued_page_is_protected_where_that_was_asked_for)
{
	COVERS(FI_CONTINUE_WP);
	struct stage *s = &self->s;

	ACT_BY(map_cached(s, 1, UFFDIO_CONTINUE_MODE_WP));
	ACT_BY(map_cached(s, 0, 0));
	LOOK(s, &s->after);
	EXPECT_HUGE(s, &s->after, 0, 1, PRESENT | HUGE | FILE_BACKED | WRITTEN, WP);
	EXPECT_HUGE(s, &s->after, 1, 2, PRESENT | HUGE | FILE_BACKED | WP, WRITTEN);
	EXPECT_SAME_IN(s, &s->before, &s->after, PAGE_OF(s, 2), PAGE_OF(s, 3));
	EXPECT_ERROR(map_cached(s, 1, 0), -EEXIST);
	LOOK(s, &s->before);
	EXPECT_SAME(s, &s->after, &s->before);

	ACT(s, AGENT_STORE, INSIDE, VALUE);
	EXPECT_NO_EVENT(s);
	OR_LEAVE(EXPECT_CAUGHT(s, 1));
}
