// SPDX-License-Identifier: GPL-2.0
/*
 * What registering and unregistering a part of a VMA do to protection, and what splitting and merging VMAs does.
 * Why: a heap grows, shrinks and is cut up under whoever tracks it; a page that is protected and not registered is a
 * fault that nobody answers, one that is registered and has lost its protection a write that nobody hears of.
 */
#include <sys/mman.h>

#include "../common/reshape.h"
#include "case.h"
#include "variants.h"

#define PAGE 5
#define THIRD 16
#define VALUE 0xa5

static int register_pages(const struct uffd *u, const struct stage *s, size_t first, size_t end, uint64_t mode)
{
	return uffd_register(u, stage_page(s, first), (end - first) * page_size(), mode, NULL);
}

static int unregister_pages(const struct uffd *u, const struct stage *s, size_t first, size_t end)
{
	return uffd_unregister(u, stage_page(s, first), (end - first) * page_size());
}

FIXTURE(part)
{
	struct stage s;
};

FIXTURE_VARIANT(part)
{
	enum backing backing;
};

EACH_BACKING(part);

FIXTURE_SETUP(part)
{
	CASE_AGENT(AGENT_STORE);
	CASE_STAGE_PAGES(&self->s, SYNC, variant->backing, variant->backing == BASE_PAGES ? 64 : pmd_pages());
}

FIXTURE_TEARDOWN(part)
{
	stage_clear(&self->s);
}

TEST_F(part, unregistering_the_middle_frees_it_and_nothing_else)
{
	COVERS(LC_UNREGISTER, LC_VMA);
	const size_t ends[] = { THIRD - 1, 2 * THIRD };
	struct stage *s = &self->s;
	uint32_t kept = s->before.page[0] & (PRESENT | ZERO | ANON);

	ACT_BY(unregister_pages(&s->uffd, s, THIRD, 2 * THIRD));
	s->region.mode = UNREGISTERED;	/* not all of it is */
	LOOK(s, &s->after);
	EXPECT_PAGES(s, &s->after, 0, THIRD, kept | WP, 0);
	EXPECT_PAGES(s, &s->after, THIRD, 2 * THIRD, kept, WP);
	EXPECT_PAGES(s, &s->after, 2 * THIRD, s->region.pages, kept | WP, 0);

	ACT(s, AGENT_STORE, THIRD, VALUE);
	EXPECT_NO_EVENT(s);
	START(s, &s->writer, AGENT_STORE, ends[0], VALUE);
	START(s, &s->second, AGENT_STORE, ends[1], VALUE);
	ASSERT_EVENTS(s, ends, 2);
	EXPECT_BLOCKED(s, &s->writer);
	EXPECT_BLOCKED(s, &s->second);
}

/* Registered from page THIRD to 2 * THIRD only. */
FIXTURE(middle)
{
	struct stage s;
};

FIXTURE_VARIANT(middle)
{
	enum backing backing;
};

BACKING(middle, hugezero, HUGE_ZERO);
BACKING(middle, base, BASE_PAGES);

FIXTURE_SETUP(middle)
{
	struct stage *s = &self->s;

	CASE_AGENT(AGENT_STORE);
	ARRANGE(stage_region(s, variant->backing, matrix_pages(variant->backing), &lack));
	ARRANGE(stage_open(s, UFFD_FEATURE_PAGEFAULT_FLAG_WP, &lack));
	ASSERT_OK(pump_open(&s->pump, &s->uffd, false));
	ACT_BY(register_pages(&s->uffd, s, THIRD, 2 * THIRD, UFFDIO_REGISTER_MODE_WP));
	LOOK(s, &s->before);
}

FIXTURE_TEARDOWN(middle)
{
	stage_clear(&self->s);
}

TEST_F(middle, only_what_was_registered_can_be_protected)
{
	COVERS(LC_VMA, IF_ERRORS);
	struct stage *s = &self->s;

	EXPECT_ERROR(stage_protect(s, 0, THIRD), -ENOENT);
	EXPECT_ERROR(stage_protect(s, 2 * THIRD, s->region.pages), -ENOENT);
	ASSERT_OK(stage_protect(s, THIRD, 2 * THIRD));
	LOOK(s, &s->after);
	EXPECT_PAGES(s, &s->after, 0, THIRD, 0, WP);
	EXPECT_PAGES(s, &s->after, THIRD, 2 * THIRD, WP, 0);
	EXPECT_PAGES(s, &s->after, 2 * THIRD, s->region.pages, 0, WP);

	ACT(s, AGENT_STORE, THIRD - 1, VALUE);
	ACT(s, AGENT_STORE, 2 * THIRD, VALUE);
	EXPECT_NO_EVENT(s);
	START(s, &s->writer, AGENT_STORE, 2 * THIRD - 1, VALUE);
	ASSERT_EVENT(s, 2 * THIRD - 1);
	EXPECT_BLOCKED(s, &s->writer);
}

FIXTURE(vma)
{
	struct stage s;
};

FIXTURE_VARIANT(vma)
{
	enum backing backing;
};

EACH_BACKING(vma);

FIXTURE_SETUP(vma)
{
	CASE_AGENT(AGENT_STORE);
	CASE_REGISTERED_PAGES(&self->s, SYNC, variant->backing, variant->backing == BASE_PAGES ? 64 : pmd_pages());
	/* The second third only, so that a border moves with the VMA's if anything does. */
	ASSERT_OK(stage_protect(&self->s, THIRD, 2 * THIRD));
	LOOK(&self->s, &self->s.before);
}

FIXTURE_TEARDOWN(vma)
{
	stage_clear(&self->s);
}

TEST_F(vma, splitting_and_merging_moves_no_protection)
{
	COVERS(LC_VMA);
	struct region *r = &self->s.region;
	struct stage *s = &self->s;

	ASSERT_OK(region_advise(r, THIRD / 2, THIRD + THIRD / 2, MADV_DONTDUMP));
	LOOK(s, &s->after);
	EXPECT_SAME(s, &s->before, &s->after);
	ASSERT_OK(region_advise(r, 0, r->pages, MADV_DODUMP));
	LOOK_AT_BOOKS(s, &s->after);
	EXPECT_SAME(s, &s->before, &s->after);
	EXPECT_THAT(s->after.smaps.registered_wp, DISAGREE, "all of the region still registered");
	START(s, &s->writer, AGENT_STORE, THIRD, VALUE);
	ASSERT_EVENT(s, THIRD);
	EXPECT_BLOCKED(s, &s->writer);
}

/* Two regions of one descriptor, the second one moved to just behind the first. */
FIXTURE(neighbour)
{
	struct stage s;
	struct stage moved;
};

FIXTURE_SETUP(neighbour)
{
	struct stage *s = &self->s;

	self->moved.uffd.fd = -1;
	CASE_AGENT(AGENT_STORE);
	/* Three PMDs of which the third is given up again: room for the other one. */
	ARRANGE(stage_region(s, UNPOPULATED, 3 * pmd_pages(), &lack));
	ARRANGE(stage_region(&self->moved, UNPOPULATED, pmd_pages(), &lack));
	ASSERT_OK(region_cut(&s->region, pmd_pages()));
	ARRANGE(stage_register(s, SYNC, 0, &lack));
	ASSERT_OK(register_pages(&s->uffd, &self->moved, 0, pmd_pages(), UFFDIO_REGISTER_MODE_WP));
	ASSERT_OK(stage_protect(s, 0, s->region.pages));
	LOOK(s, &s->before);
}

FIXTURE_TEARDOWN(neighbour)
{
	stage_clear(&self->moved);
	stage_clear(&self->s);
}

TEST_F(neighbour, moved_next_to_it_gets_no_registration_and_takes_none)
{
	COVERS(LC_VMA, LC_MREMAP);
	struct region behind = { 0 };
	struct stage *s = &self->s, *moved = &self->moved;

	behind.start = stage_page(s, s->region.pages);
	ACT_BY(region_move(&moved->region, 0, &behind));
	LOOK_AT_BOOKS(moved, &moved->after);
	EXPECT_THAT(!moved->after.smaps.registered_wp, DISAGREE, "what was moved not to be registered");
	LOOK_AT_BOOKS(s, &s->after);
	OR_LEAVE(EXPECT_THAT(s->after.smaps.registered_wp, DISAGREE, "what it was moved to still registered"));
	EXPECT_SAME(s, &s->before, &s->after);
	START(s, &s->writer, AGENT_STORE, PAGE, VALUE);
	ASSERT_EVENT(s, PAGE);
	EXPECT_BLOCKED(s, &s->writer);
}
