// SPDX-License-Identifier: GPL-2.0
/*
 * Huge pages smaller than a PMD, some of their pages protected and some not.
 * Why: the kernel handles such a page's entries in one batch where they are alike; where the bit isn't among what it
 * compares, a whole batch gets what the first entry had.
 */
#include <sys/mman.h>

#include "../common/mthp.h"
#define CASE_PREPARE mthp_prepare
#include "../common/heir.h"
#include "../common/reshape.h"
#include "case.h"
#include "flip.h"

/* Two huge pages; protected in the first is its middle, in the second its end. */
#define PAGES (2 * MTHP_PAGES)
#define FIRST 5
#define END 9
#define LAST (PAGES - 2)
#define PROTECTED (END - FIRST + PAGES - LAST)
#define VALUE 0xa5

static int protect_some(struct stage *s)
{
	int err = stage_protect(s, FIRST, END);

	return err ? err : stage_protect(s, LAST, PAGES);
}

/* The pages that were protected are, and no other. */
#define EXPECT_SOME(s, v) do {							\
	EXPECT_PAGES(s, v, 0, FIRST, 0, WP);					\
	EXPECT_PAGES(s, v, FIRST, END, WP, WRITTEN);				\
	EXPECT_PAGES(s, v, END, LAST, 0, WP);					\
	EXPECT_PAGES(s, v, LAST, PAGES, WP, WRITTEN);				\
} while (0)

FIXTURE(mthp)
{
	struct stage s;
	struct stage left;	/* where it was before a move, its region only */
};

FIXTURE_SETUP(mthp)
{
	struct stage *s = &self->s;

	self->left.uffd.fd = -1;
	CASE_AGENT(AGENT_STORE);
	ARRANGE(mthp_need(&lack));
	ARRANGE(stage_region(s, MTHP, PAGES, &lack));
	ARRANGE(stage_register(s, SYNC, UFFD_FEATURE_EVENT_FORK, &lack));
	ASSERT_OK(protect_some(s));
	LOOK(s, &s->before);
}

FIXTURE_TEARDOWN(mthp)
{
	stage_clear(&self->s);
	stage_clear(&self->left);
}

TEST_F(mthp, calls_change_exactly_their_pages)
{
	COVERS(WP_RANGE_EXACT);
	struct stage *s = &self->s;

	EXPECT_SOME(s, &s->before);
	PROTECTS(s, END, LAST);
	UNPROTECTS(s, END, LAST);
	UNPROTECTS(s, FIRST + 1, END);
	PROTECTS(s, FIRST + 1, END);
	EXPECT_SOME(s, &s->before);
	EXPECT_UNTOUCHED(s);
}

TEST_F(mthp, mprotect_keeps_what_each_page_had)
{
	COVERS(LC_MPROTECT, WP_NEVER_WRITABLE);
	struct stage *s = &self->s;

	ACT_BY(region_lock_and_unlock(&s->region, 0, PAGES));
	LOOK(s, &s->after);
	EXPECT_SAME(s, &s->before, &s->after);
	ACT(s, AGENT_STORE, END, VALUE);
	EXPECT_NO_EVENT(s);
	START(s, &s->writer, AGENT_STORE, FIRST, VALUE);
	ASSERT_EVENT(s, FIRST);
	EXPECT_BLOCKED(s, &s->writer);
}

TEST_F(mthp, child_gets_what_each_page_had)
{
	COVERS(LC_FORK);
	struct stage *s = &self->s;
	ssize_t inherited;
	pid_t child = heir_bear(s);

	ASSERT_OK(child);
	inherited = heir_protected(child, &s->region);
	heir_bury(child);
	EXPECT_THAT(inherited >= PROTECTED, LOST, "%d pages of the child protected; %zd are", PROTECTED, inherited);
	EXPECT_THAT(inherited <= PROTECTED, EXTRA, "%d pages of the child protected; %zd are", PROTECTED, inherited);
	LOOK(s, &s->after);
	EXPECT_SOME(s, &s->after);
}

TEST_F(mthp, dropping_a_page_leaves_what_the_others_had)
{
	COVERS(LC_ZAP, WP_PERSISTS);
	struct stage *s = &self->s;

	ACT_BY(region_advise(&s->region, FIRST, FIRST + 1, MADV_DONTNEED));
	LOOK(s, &s->after);
	EXPECT_PAGES(s, &s->after, FIRST, FIRST + 1, 0, PRESENT | WP);
	EXPECT_SAME_IN(s, &s->before, &s->after, 0, FIRST);
	EXPECT_SAME_IN(s, &s->before, &s->after, FIRST + 1, PAGES);
}

TEST_F(mthp, moved_pages_have_no_protection)
{
	COVERS(LC_MREMAP, PM_BIT57);
	struct stage *s = &self->s;

	ASSERT_OK(region_make(&self->left.region, UNPOPULATED, 1));
	ACT_BY(region_move(&s->region, 0, &self->left.region));
	s->region.mode = UNREGISTERED;
	LOOK(s, &s->after);
	EXPECT_PAGES(s, &s->after, 0, PAGES, PRESENT | ANON, WP);
	EXPECT_UNTOUCHED(s);
}

FIXTURE(mthp_async)
{
	struct stage s;
};

FIXTURE_SETUP(mthp_async)
{
	CASE_AGENT(AGENT_STORE);
	ARRANGE(mthp_need(&lack));
	CASE_STAGE_PAGES(&self->s, ASYNC, MTHP, PAGES);
}

FIXTURE_TEARDOWN(mthp_async)
{
	stage_clear(&self->s);
}

TEST_F(mthp_async, exactly_the_written_page_is_reported)
{
	COVERS(AS_PRECISE, AS_RESOLVES);
	struct stage *s = &self->s;

	ACT(s, AGENT_STORE, FIRST, VALUE);
	LOOK(s, &s->after);
	EXPECT_REPORTED(s, AGENT_STORE, FIRST);
	EXPECT_WRITTEN_ONLY(s, AGENT_STORE, FIRST, VALUE);
}

/* Nothing is there, and a fault could bring a whole huge page. */
FIXTURE(mthp_hole)
{
	struct stage s;
};

FIXTURE_SETUP(mthp_hole)
{
	struct stage *s = &self->s;
	struct region made;
	int err;

	CASE_AGENT(AGENT_STORE);
	ARRANGE(mthp_need(&lack));
	/* Where the kernel gives none, no fault could. */
	err = region_make_pages(&made, MTHP, PAGES);
	if (err)
		SKIP(return, "%s", made.why);
	region_free(&made);
	CASE_REGISTERED_PAGES(s, ASYNC, UNPOPULATED, PAGES);
	ASSERT_OK(stage_protect(s, 0, END));
	LOOK(s, &s->before);
}

FIXTURE_TEARDOWN(mthp_hole)
{
	stage_clear(&self->s);
}

/* alloc_anon_folio(): where a descriptor guards the mapping, each fault is for one page. */
static void populates_one(struct __test_metadata *_metadata, struct stage *s, size_t page)
{
	ACT(s, AGENT_STORE, page, VALUE);
	LOOK(s, &s->after);
	EXPECT_PAGES(s, &s->after, page, page + 1, PRESENT | ANON | WRITTEN, WP);
	EXPECT_SAME_IN(s, &s->before, &s->after, 0, page);
	EXPECT_SAME_IN(s, &s->before, &s->after, page + 1, PAGES);
}

TEST_F(mthp_hole, store_to_a_protected_page_populates_that_page_only)
{
	COVERS(WP_UNPOPULATED, AS_PRECISE);

	populates_one(_metadata, &self->s, FIRST);
}

TEST_F(mthp_hole, store_beside_protected_pages_populates_that_page_only)
{
	COVERS(WP_UNPOPULATED, AS_PRECISE);

	populates_one(_metadata, &self->s, END);
}

TEST_F(mthp_hole, store_far_from_protected_pages_populates_that_page_only)
{
	COVERS(WP_UNPOPULATED, AS_PRECISE);

	populates_one(_metadata, &self->s, MTHP_PAGES + FIRST);
}
