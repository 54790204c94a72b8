// SPDX-License-Identifier: GPL-2.0
/*
 * Small pages that the kernel makes one huge page of.
 * Why: a huge page has one bit of protection where the small ones had 512; whoever collapses them must leave alone
 * what is protected in part, or writes go unseen, and must not protect what wasn't.
 */
#include <sys/mman.h>

#include "../common/reshape.h"
#include "case.h"
#include "variants.h"

#ifndef MADV_COLLAPSE
#define MADV_COLLAPSE 25
#endif

#define PAGE 5
#define VALUE 0xa5

/* Whether it collapses anything is the kernel's business. */
static int try_collapse(struct stage *s)
{
	region_advise(&s->region, 0, s->region.pages, MADV_COLLAPSE);
	return 0;
}

/* Skips where the kernel collapses nothing anyway: a copy of the region that nobody guards. */
static int collapse_works(enum backing b, struct lack *lack)
{
	struct region r;
	int err = region_make(&r, b, 1), tries = 1000;

	if (err) {
		snprintf(lack->why, sizeof(lack->why), "%s", r.why);
		return err;
	}
	/* madvise(2): EAGAIN is a page that could not be had just then. */
	do {
		err = region_advise(&r, 0, r.pages, MADV_COLLAPSE);
	} while (err == -EAGAIN && tries--);
	if (err)
		snprintf(lack->why, sizeof(lack->why), "MADV_COLLAPSE makes no huge page (%s): Linux 6.1, free memory",
			 strerror(-err));
	region_free(&r);
	return err;
}

FIXTURE(collapse)
{
	struct stage s;
};

FIXTURE_SETUP(collapse)
{
	CASE_AGENT(AGENT_STORE);
	ARRANGE(collapse_works(PTE_THP, &lack));
	CASE_REGISTERED(&self->s, SYNC, PTE_THP, 1);
}

FIXTURE_TEARDOWN(collapse)
{
	stage_clear(&self->s);
}

TEST_F(collapse, unprotected_pages_stay_so)
{
	COVERS(LC_COLLAPSE);
	struct stage *s = &self->s;

	ACT_BY(try_collapse(s));
	LOOK(s, &s->after);
	EXPECT_PAGES(s, &s->after, 0, s->region.pages, PRESENT, WP);
	EXPECT_UNTOUCHED(s);
}

TEST_F(collapse, one_protected_page_stays_the_one)
{
	COVERS(LC_COLLAPSE, WP_PERSISTS);
	struct stage *s = &self->s;

	ASSERT_OK(stage_protect(s, PAGE, PAGE + 1));
	ACT_BY(try_collapse(s));
	LOOK(s, &s->after);
	EXPECT_PAGES(s, &s->after, 0, PAGE, PRESENT, WP);
	OR_LEAVE(EXPECT_PAGES(s, &s->after, PAGE, PAGE + 1, PRESENT | WP, WRITTEN));
	EXPECT_PAGES(s, &s->after, PAGE + 1, s->region.pages, PRESENT, WP);
	EXPECT_UNTOUCHED(s);

	ASSERT_CAUGHT(s, PAGE, VALUE);
}

TEST_F(collapse, one_protected_hole_stays_the_one)
{
	COVERS(LC_COLLAPSE, WP_UNPOPULATED);
	struct stage *s = &self->s;

	if (!(s->uffd.features & UFFD_FEATURE_WP_UNPOPULATED))
		SKIP(return, "this kernel does not offer UFFD_FEATURE_WP_UNPOPULATED");
	ASSERT_OK(region_advise(&s->region, PAGE, PAGE + 1, MADV_DONTNEED));
	ASSERT_OK(stage_protect(s, PAGE, PAGE + 1));
	ACT_BY(try_collapse(s));
	LOOK(s, &s->after);
	EXPECT_PAGES(s, &s->after, 0, PAGE, PRESENT, WP);
	EXPECT_PAGES(s, &s->after, PAGE, PAGE + 1, WP, WRITTEN);
	EXPECT_PAGES(s, &s->after, PAGE + 1, s->region.pages, PRESENT, WP);
}

FIXTURE(collapse_shared)
{
	struct stage s;
};

FIXTURE_VARIANT(collapse_shared)
{
	bool hole;
};

FIXTURE_VARIANT_ADD(collapse_shared, page) { .hole = false };
FIXTURE_VARIANT_ADD(collapse_shared, hole) { .hole = true };

FIXTURE_SETUP(collapse_shared)
{
	struct stage *s = &self->s;

	CASE_AGENT(AGENT_STORE);
	ARRANGE(stage_region(s, SHMEM, pmd_pages(), &lack));
	ASSERT_OK(region_advise(&s->region, 0, s->region.pages, MADV_HUGEPAGE));
	ARRANGE(stage_register(s, SYNC, 0, &lack));
	ASSERT_OK(stage_protect(s, PAGE, PAGE + 1));
	if (variant->hole)
		ASSERT_OK(region_advise(&s->region, PAGE, PAGE + 1, MADV_DONTNEED));
	LOOK(s, &s->before);
}

FIXTURE_TEARDOWN(collapse_shared)
{
	stage_clear(&self->s);
}

/* A file's pages can be huge while its mappings go on page by page. */
TEST_F(collapse_shared, the_protected_page_stays_the_one)
{
	COVERS(LC_COLLAPSE, WP_PERSISTS);
	struct stage *s = &self->s;

	ACT_BY(try_collapse(s));
	LOOK(s, &s->after);
	EXPECT_PAGES(s, &s->after, 0, PAGE, 0, WP);
	OR_LEAVE(EXPECT_PAGES(s, &s->after, PAGE, PAGE + 1, WP, 0));
	EXPECT_PAGES(s, &s->after, PAGE + 1, s->region.pages, 0, WP);

	ASSERT_CAUGHT(s, PAGE, VALUE);
}
