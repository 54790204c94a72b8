// SPDX-License-Identifier: GPL-2.0
/*
 * Filling by hand (COPY, ZEROPAGE, POISON) what is there already, and what a poisoned page does to its neighbours.
 * Why: a page that is filled twice is data lost.
 */
#include <sys/mman.h>

#include "../common/reshape.h"
#include "filling.h"
#include "variants.h"

/* Holes, but for one page in their middle. */
FIXTURE(halfway)
{
	struct stage s;
};

FIXTURE_SETUP(halfway)
{
	struct stage *s = &self->s;

	CASE_AGENT(AGENT_STORE);
	CASE_REGISTERED(s, SYNC, UNPOPULATED, 1);
	ASSERT_OK(region_advise(&s->region, 0, s->region.pages, MADV_NOHUGEPAGE));
	ACT(s, AGENT_STORE, NEXT, VALUE);
	ASSERT_OK(also_missing(s));
	LOOK(s, &s->before);
}

FIXTURE_TEARDOWN(halfway)
{
	stage_clear(&self->s);
}

/* ioctl_userfaultfd(2): fewer bytes than asked for are EAGAIN, and how many is in the answer. */
static bool came_to(const struct place *at, const char *call, int err, int64_t answer)
{
	if (err == -EAGAIN && answer == (int64_t)page_size())
		return true;
	return check_charge(at, REQUIREMENT_NONE, INTERFACE, "%s to give EAGAIN, and one page in the answer; it gave %s, and %lld",
			   call, err ? strerror(-err) : "success", (long long)answer);
}

TEST_F(halfway, copy_that_stops_there_says_how_far_it_came)
{
	COVERS(FI_COPY_WP, IF_ERRORS);
	struct stage *s = &self->s;
	char *from = calloc(3, page_size());
	int64_t copied = 0;
	int err = uffd_copy(&s->uffd, stage_page(s, PAGE), from, 3 * page_size(), 0, &copied);

	free(from);
	OR_LEAVE(came_to(HERE, "UFFDIO_COPY", err, copied));
	LOOK(s, &s->after);
	EXPECT_PAGES(s, &s->after, PAGE, NEXT, PRESENT | ANON, WP);
	EXPECT_SAME_IN(s, &s->before, &s->after, NEXT, s->region.pages);
}

TEST_F(halfway, zeropage_that_stops_there_says_how_far_it_came)
{
	COVERS(FI_ZERO, IF_ERRORS);
	struct stage *s = &self->s;
	int64_t zeroed = 0;
	int err = uffd_zeropage(&s->uffd, stage_page(s, PAGE), 3 * page_size(), 0, &zeroed);

	OR_LEAVE(came_to(HERE, "UFFDIO_ZEROPAGE", err, zeroed));
	LOOK(s, &s->after);
	EXPECT_PAGES(s, &s->after, PAGE, NEXT, PRESENT | ZERO, WP);
	EXPECT_SAME_IN(s, &s->before, &s->after, NEXT, s->region.pages);
}

/* Registered for missing pages, not for writes. */
FIXTURE(missing_only)
{
	struct stage s;
};

FIXTURE_SETUP(missing_only)
{
	struct stage *s = &self->s;

	CASE_AGENT(AGENT_STORE);
	ARRANGE(stage_region(s, UNPOPULATED, pmd_pages(), &lack));
	ARRANGE(stage_open(s, UFFD_FEATURE_PAGEFAULT_FLAG_WP, &lack));
	ASSERT_OK(uffd_register(&s->uffd, s->region.start, pmd_size(), UFFDIO_REGISTER_MODE_MISSING, NULL));
	LOOK(s, &s->before);
}

FIXTURE_TEARDOWN(missing_only)
{
	stage_clear(&self->s);
}

TEST_F(missing_only, copy_with_protection_is_refused_and_changes_nothing)
{
	COVERS(FI_COPY_WP, IF_ERRORS);
	struct stage *s = &self->s;

	EXPECT_ERROR(copy(s, PAGE, UFFDIO_COPY_MODE_WP), -EINVAL);
	LOOK(s, &s->after);
	EXPECT_SAME(s, &s->before, &s->after);
}

TEST_F(missing_only, zeros_of_two_pages_are_not_the_same_memory)
{
	COVERS(FI_ZERO, HZ_SHARED_INTACT);
	struct stage *s = &self->s;

	ASSERT_OK(uffd_zeropage(&s->uffd, stage_page(s, PAGE), 2 * page_size(), 0, NULL));
	ACT(s, AGENT_STORE, PAGE, VALUE);
	LOOK(s, &s->after);
	EXPECT_PAGES(s, &s->after, PAGE, NEXT, PRESENT | ANON, ZERO);
	EXPECT_PAGES(s, &s->after, NEXT, NEXT + 1, PRESENT | ZERO, ANON);
	EXPECT_THAT(!*stage_page(s, NEXT), LOST, "page %d, filled with zero, to read zero after a store to page %d", NEXT, PAGE);
}

FIXTURE(filled)
{
	struct stage s;
};

FIXTURE_VARIANT(filled)
{
	enum backing backing;
};

BACKING(filled, hugezero, HUGE_ZERO);
BACKING(filled, anonthp, ANON_THP);
BACKING(filled, zeroptes, ZERO_PTES);
BACKING(filled, base, BASE_PAGES);

FIXTURE_SETUP(filled)
{
	CASE_REGISTERED_PAGES(&self->s, SYNC, variant->backing, matrix_pages(variant->backing));
	ASSERT_OK(also_missing(&self->s));
	/* A whole PMD, so that what is huge stays so. */
	ASSERT_OK(stage_protect(&self->s, 0, variant->backing == HUGE_ZERO ? pmd_pages() : self->s.region.pages));
	LOOK(&self->s, &self->s.before);
}

FIXTURE_TEARDOWN(filled)
{
	stage_clear(&self->s);
}

/* Each time it must be the answer, too, and nothing else may have changed. */
static bool existed(const struct place *at, struct stage *s, const char *call, int err, int64_t answer)
{
	if (err != -EEXIST || answer != -EEXIST)
		return check_charge(at, REQUIREMENT_NONE, INTERFACE,
				   "%s to give EEXIST, and -EEXIST in the answer; it gave %s, and %lld", call,
				   err ? strerror(-err) : "success", (long long)answer);
	return check_look(at, s, &s->after, view_read) &&
	       check_same(at, s, &s->before, &s->after, 0, s->region.pages) && check_changed(at, s, NULL, 0);
}

TEST_F(filled, copy_onto_a_page_changes_nothing)
{
	COVERS(FI_COPY_WP);
	struct stage *s = &self->s;
	int64_t copied = 1;
	int err = uffd_copy(&s->uffd, stage_page(s, PAGE), source(), page_size(), 0, &copied);

	EXPECT_ERROR(copy(s, NEXT, UFFDIO_COPY_MODE_WP), -EEXIST);
	OR_LEAVE(existed(HERE, s, "UFFDIO_COPY", err, copied));
}

TEST_F(filled, zeropage_onto_a_page_changes_nothing)
{
	COVERS(FI_ZERO);
	struct stage *s = &self->s;
	int64_t zeroed = 1;
	int err = uffd_zeropage(&s->uffd, stage_page(s, PAGE), page_size(), 0, &zeroed);

	OR_LEAVE(existed(HERE, s, "UFFDIO_ZEROPAGE", err, zeroed));
}

TEST_F(filled, poison_onto_a_page_changes_nothing)
{
	COVERS(FI_POISON);
	struct stage *s = &self->s;
	int64_t poisoned = 1;
	int err = uffd_poison(&s->uffd, stage_page(s, PAGE), page_size(), 0, &poisoned);

	if (err == -EINVAL)
		SKIP(return, "this kernel does not offer UFFD_FEATURE_POISON");
	OR_LEAVE(existed(HERE, s, "UFFDIO_POISON", err, poisoned));
}

FIXTURE(poisoned)
{
	struct stage s;
};

FIXTURE_SETUP(poisoned)
{
	CASE_AGENT(AGENT_FORK_CHILD);
	ARRANGE(stage_region(&self->s, UNPOPULATED, pmd_pages(), &lack));
	ARRANGE(stage_register(&self->s, SYNC, UFFD_FEATURE_POISON, &lack));
	ACT_BY(uffd_poison(&self->s.uffd, stage_page(&self->s, PAGE), page_size(), 0, NULL));
}

FIXTURE_TEARDOWN(poisoned)
{
	stage_clear(&self->s);
}

static int store_in_a_child(struct stage *s, size_t page)
{
	int error = 0;

	agent_act(AGENT_FORK_CHILD, stage_page(s, page), VALUE, CASE_DEADLINE_MS, &error);
	return error;
}

TEST_F(poisoned, access_is_refused_and_the_rest_can_be_protected)
{
	COVERS(FI_POISON);
	struct stage *s = &self->s;

	EXPECT_ERROR(store_in_a_child(s, PAGE), -EFAULT);
	ASSERT_OK(stage_protect(s, 0, s->region.pages));
	LOOK(s, &s->after);
	EXPECT_PAGES(s, &s->after, 0, PAGE, WP, WRITTEN);
	EXPECT_PAGES(s, &s->after, NEXT, s->region.pages, WP, WRITTEN);
	ASSERT_OK(stage_unprotect(s, 0, NEXT, 0));
	EXPECT_ERROR(store_in_a_child(s, PAGE), -EFAULT);
	ASSERT_CAUGHT(s, NEXT, VALUE);
}
