// SPDX-License-Identifier: GPL-2.0
/*
 * What may be registered beside read-write protection, and what is left of it in the end.
 * Why: one bit stands for both kinds of protection; a page that nobody gives back is lost to its program.
 */
#include "case.h"
#include "leave.h"
#include "rwp_checks.h"
#include "variants.h"

#define PAGE 5
#define VALUE 0xa5
#define PAGES 64

FIXTURE(rwp_rules)
{
	struct stage s;
	char *start;
	size_t len;
};

FIXTURE_SETUP(rwp_rules)
{
	struct stage *s = &self->s;

	ARRANGE(stage_region(s, BASE_PAGES, PAGES, &lack));
	ARRANGE(stage_open(s, UFFD_FEATURE_RWP | UFFD_FEATURE_PAGEFAULT_FLAG_WP, &lack));
	self->start = s->region.start;
	self->len = PAGES * page_size();
}

FIXTURE_TEARDOWN(rwp_rules)
{
	stage_clear(&self->s);
}

TEST_F(rwp_rules, both_protections_at_once_are_refused)
{
	COVERS(RW_EXCLUSIVE);
	struct uffd *u = &self->s.uffd;

	EXPECT_ERROR(uffd_register(u, self->start, self->len, UFFDIO_REGISTER_MODE_WP | UFFDIO_REGISTER_MODE_RWP, NULL),
		     -EINVAL);
	EXPECT_ERROR(uffd_rwprotect(u, self->start, self->len, UFFDIO_RWPROTECT_MODE_RWP), -ENOENT);
	EXPECT_ERROR(uffd_writeprotect(u, self->start, self->len, UFFDIO_WRITEPROTECT_MODE_WP), -ENOENT);
}

TEST_F(rwp_rules, write_protection_over_it_is_refused)
{
	COVERS(RW_EXCLUSIVE);
	struct stage *s = &self->s;

	ASSERT_OK(uffd_register(&s->uffd, self->start, self->len, UFFDIO_REGISTER_MODE_RWP, NULL));
	EXPECT_ERROR(uffd_register(&s->uffd, self->start, self->len, UFFDIO_REGISTER_MODE_WP, NULL), -EBUSY);
	EXPECT_ERROR(uffd_writeprotect(&s->uffd, self->start, self->len, UFFDIO_WRITEPROTECT_MODE_WP), -ENOENT);
	EXPECT_OK(rwp_protect(s, 0, PAGES));
	LOOK(s, &s->after);
	EXPECT_PAGES(s, &s->after, 0, PAGES, WP, ACCESSED);
	EXPECT_OK(rwp_release(s, 0, PAGES, 0));
}

TEST_F(rwp_rules, it_over_write_protection_is_refused)
{
	COVERS(RW_EXCLUSIVE);
	struct stage *s = &self->s;

	ASSERT_OK(stage_attach(s, SYNC));
	ASSERT_OK(stage_protect(s, 0, PAGES));
	EXPECT_ERROR(uffd_register(&s->uffd, self->start, self->len, UFFDIO_REGISTER_MODE_RWP, NULL), -EBUSY);
	EXPECT_ERROR(rwp_protect(s, 0, PAGES), -ENOENT);
	LOOK(s, &s->after);
	EXPECT_PAGES(s, &s->after, 0, PAGES, PRESENT | WP, ACCESSED);
	EXPECT_UNTOUCHED(s);
}

TEST_F(rwp_rules, only_its_own_mode_can_be_switched)
{
	COVERS(RW_SET_MODE);
	struct stage *s = &self->s;

	EXPECT_ERROR(uffd_set_mode(&s->uffd, UFFD_FEATURE_WP_ASYNC, 0), -EINVAL);
	EXPECT_ERROR(uffd_set_mode(&s->uffd, UFFD_FEATURE_RWP_ASYNC, UFFD_FEATURE_RWP_ASYNC), -EINVAL);
	EXPECT_OK(uffd_set_mode(&s->uffd, UFFD_FEATURE_RWP_ASYNC, 0));
	EXPECT_OK(uffd_set_mode(&s->uffd, 0, UFFD_FEATURE_RWP_ASYNC));
}

TEST_F(rwp_rules, unknown_modes_are_refused)
{
	COVERS(RW_EXCLUSIVE, IF_ERRORS);
	struct stage *s = &self->s;

	ASSERT_OK(uffd_register(&s->uffd, self->start, self->len, UFFDIO_REGISTER_MODE_RWP, NULL));
	LOOK(s, &s->before);
	EXPECT_ERROR(uffd_rwprotect(&s->uffd, self->start, self->len, UFFDIO_RWPROTECT_MODE_RWP | 1ULL << 40), -EINVAL);
	EXPECT_ERROR(uffd_rwprotect(&s->uffd, self->start, self->len, UFFDIO_RWPROTECT_MODE_RWP |
				    UFFDIO_RWPROTECT_MODE_DONTWAKE), -EINVAL);
	LOOK(s, &s->after);
	EXPECT_SAME(s, &s->before, &s->after);
}

TEST_F(rwp_rules, half_registered_range_is_refused_and_changes_nothing)
{
	COVERS(RW_EXCLUSIVE, IF_ERRORS);
	struct stage *s = &self->s;

	ASSERT_OK(uffd_register(&s->uffd, self->start, self->len / 2, UFFDIO_REGISTER_MODE_RWP, NULL));
	LOOK(s, &s->before);
	EXPECT_ERROR(rwp_protect(s, 0, PAGES), -ENOENT);
	LOOK(s, &s->after);
	EXPECT_SAME(s, &s->before, &s->after);
}

FIXTURE(rwp_left)
{
	struct stage s;
};

FIXTURE_VARIANT(rwp_left)
{
	enum backing backing;
	int (*leave)(struct stage *s);
};

#define LEFT(name, back, how) FIXTURE_VARIANT_ADD(rwp_left, name) { .backing = back, .leave = how }

LEFT(hugezero_closed, HUGE_ZERO, by_closing);
LEFT(anonthp_closed, ANON_THP, by_closing);
LEFT(base_closed, BASE_PAGES, by_closing);
LEFT(hugezero_unregistered, HUGE_ZERO, by_unregistering);
LEFT(zeroptes_unregistered, ZERO_PTES, by_unregistering);
LEFT(base_unregistered, BASE_PAGES, by_unregistering);

FIXTURE_SETUP(rwp_left)
{
	struct stage *s = &self->s;

	CASE_RWP(s, SYNC, variant->backing, matrix_pages(variant->backing));
	START(s, &s->writer, AGENT_STORE, PAGE, VALUE);
	ASSERT_ACCESS_EVENT(s, PAGE, AGENT_STORE);
	EXPECT_BLOCKED(s, &s->writer);
}

FIXTURE_TEARDOWN(rwp_left)
{
	stage_clear(&self->s);
}

TEST_F(rwp_left, no_page_stays_protected_and_the_access_goes_on)
{
	COVERS(RW_CLEANUP);
	struct stage *s = &self->s;

	ACT_BY(variant->leave(s));
	EXPECT_DONE(s, &s->writer);
	LOOK(s, &s->after);
	EXPECT_PAGES(s, &s->after, 0, s->region.pages, PRESENT, WP | ACCESSED);
	EXPECT_WRITTEN_ONLY(s, AGENT_STORE, PAGE, VALUE);
}
