// SPDX-License-Identifier: GPL-2.0
/*
 * What pagemap, PAGEMAP_SCAN and smaps say of a page at rest.
 * Why: these are all that a tracker or a dump can see; where two of them differ, one of its users is wrong.
 */
#include "../common/host.h"
#include "case.h"
#include "mixed.h"
#include "scan_checks.h"
#include "variants.h"

#define PAGE 5

FIXTURE(pagemap)
{
	struct stage s;
};

FIXTURE_VARIANT(pagemap)
{
	enum backing backing;
	size_t pmds;		/* two where a whole one can be protected beside a part */
};

FIXTURE_VARIANT_ADD(pagemap, hugezero) { .backing = HUGE_ZERO, .pmds = 2 };
FIXTURE_VARIANT_ADD(pagemap, zeroptes) { .backing = ZERO_PTES, .pmds = 1 };
FIXTURE_VARIANT_ADD(pagemap, anonthp) { .backing = ANON_THP, .pmds = 2 };
FIXTURE_VARIANT_ADD(pagemap, ptethp) { .backing = PTE_THP, .pmds = 1 };
FIXTURE_VARIANT_ADD(pagemap, base) { .backing = BASE_PAGES, .pmds = 1 };
FIXTURE_VARIANT_ADD(pagemap, unpopulated) { .backing = UNPOPULATED, .pmds = 2 };
FIXTURE_VARIANT_ADD(pagemap, shmemcached) { .backing = SHMEM_CACHED, .pmds = 1 };

/* Everything before it is protected: whole PMDs, and the last one up to its middle. */
static size_t border(const struct stage *s)
{
	return s->region.pages - pmd_pages() / 2;
}

/* Sync, for kernels without PAGEMAP_SCAN have bit 57 too. */
FIXTURE_SETUP(pagemap)
{
	CASE_REGISTERED(&self->s, SYNC, variant->backing, variant->pmds);
	LOOK(&self->s, &self->s.before);
}

FIXTURE_TEARDOWN(pagemap)
{
	stage_clear(&self->s);
}

TEST_F(pagemap, bit_57_is_set_exactly_on_protected_pages)
{
	COVERS(PM_BIT57, PM_WRITTEN, PM_AGREE);
	struct stage *s = &self->s;
	uint32_t huge = s->before.page[0] & HUGE;
	size_t last = s->region.pages - pmd_pages();

	EXPECT_PAGES(s, &s->before, 0, s->region.pages, WRITTEN, WP);
	ASSERT_OK(stage_protect(s, 0, border(s)));
	LOOK(s, &s->after);
	EXPECT_PAGES(s, &s->after, 0, last, WP | huge, WRITTEN);
	EXPECT_PAGES(s, &s->after, last, border(s), WP, WRITTEN | HUGE);
	EXPECT_PAGES(s, &s->after, border(s), s->region.pages, WRITTEN, WP | HUGE);
}

FIXTURE(pagemap_ways)
{
	struct stage s;
	struct view told;
};

FIXTURE_VARIANT(pagemap_ways)
{
	enum backing backing;
};

BACKING(pagemap_ways, hugezero, HUGE_ZERO);
BACKING(pagemap_ways, zeroptes, ZERO_PTES);
BACKING(pagemap_ways, unpopulated, UNPOPULATED);

FIXTURE_SETUP(pagemap_ways)
{
	CASE_REGISTERED(&self->s, ASYNC, variant->backing, 2);
	ASSERT_OK(stage_protect(&self->s, 0, border(&self->s)));
	LOOK(&self->s, &self->s.before);
}

FIXTURE_TEARDOWN(pagemap_ways)
{
	view_free(&self->told);
	stage_clear(&self->s);
}

TEST_F(pagemap_ways, get_and_protect_tells_what_the_others_told_and_arms_that)
{
	COVERS(PM_AGREE, PM_WRITTEN, SC_WP_MATCHING);
	struct stage *s = &self->s;
	size_t from = border(s), end = s->region.pages;

	ASSERT_OK(view_read_and_arm(&self->told, &s->region));
	LOOK(s, &s->after);
	EXPECT_PAGES(s, &self->told, 0, from, 0, WRITTEN);
	EXPECT_PAGES(s, &self->told, from, end, WRITTEN, 0);
	EXPECT_SAME_IN(s, &s->before, &s->after, 0, from);
	EXPECT_PAGES(s, &s->after, from, end, WP | (s->before.page[from] & (PRESENT | ZERO | ANON)), WRITTEN);
}

FIXTURE(pagemap_mixed)
{
	struct stage s;
	struct view told;
};

FIXTURE_SETUP(pagemap_mixed)
{
	CASE_MIXED(&self->s);
}

FIXTURE_TEARDOWN(pagemap_mixed)
{
	view_free(&self->told);
	stage_clear(&self->s);
}

TEST_F(pagemap_mixed, every_state_reads_as_what_it_is)
{
	COVERS(PM_BIT57, PM_WRITTEN, PM_ZERO_HUGE, PM_AGREE);

	EXPECT_MIXED(&self->s, &self->s.before);
}

/* A page beside the huge zero pages, which smaps counts nowhere; most kernels map a huge one here. */
TEST_F(pagemap_mixed, smaps_adds_up_to_the_pages)
{
	COVERS(PM_AGREE);
	struct stage *s = &self->s;
	const struct view_smaps *smaps = &s->after.smaps;
	size_t anon, huge;

	ACT(s, AGENT_STORE, 2 * pmd_pages(), 1);
	LOOK_AT_BOOKS(s, &s->after);
	anon = view_count(&s->after, PRESENT | ANON, 0) * page_size();
	huge = view_count(&s->after, HUGE | ANON, 0) * page_size();
	EXPECT_THAT(smaps->anonymous == anon, DISAGREE, "%zu bytes Anonymous, as pagemap shows; smaps says %zu",
		    anon, smaps->anonymous);
	EXPECT_THAT(smaps->anon_huge == huge, DISAGREE, "%zu bytes AnonHugePages, as PAGEMAP_SCAN shows; smaps says %zu",
		    huge, smaps->anon_huge);
	EXPECT_THAT(smaps->registered_wp, DISAGREE, "uw among the VmFlags of a registered region");
}

TEST_F(pagemap_mixed, all_ways_of_asking_tell_the_same)
{
	COVERS(PM_AGREE, SC_WP_MATCHING);
	struct stage *s = &self->s;
	size_t i;

	ASSERT_OK(view_read_and_arm(&self->told, &s->region));
	LOOK(s, &s->after);
	for (i = 0; i < s->region.pages; i++)
		self->told.page[i] ^= s->before.page[i] & WRITTEN;
	EXPECT_PAGES(s, &self->told, 0, s->region.pages, 0, WRITTEN);
	EXPECT_PAGES(s, &s->after, 0, s->region.pages, WP, WRITTEN);
}

FIXTURE(pagemap_zero)
{
	struct stage s;
};

/* Known by its frame, and not by the categories that are to be tested. */
FIXTURE_SETUP(pagemap_zero)
{
	struct stage *s = &self->s;
	int known;

	ARRANGE(stage_region(s, UNPOPULATED, pmd_pages(), &lack));
	ACT(s, AGENT_LOAD, 0, 0);
	known = host_maps_huge_zero(s->region.start);
	if (known < 0)
		SKIP(return, "no frame numbers or no /proc/kpageflags (%s): run as root", strerror(-known));
	LOOK(s, &s->before);
	NEEDS_SCAN(s);
	if (!known)
		SKIP(return, "no huge-zero to be had: echo 1 > /sys/kernel/mm/transparent_hugepage/use_zero_page");
}

FIXTURE_TEARDOWN(pagemap_zero)
{
	stage_clear(&self->s);
}

TEST_F(pagemap_zero, huge_zero_pmd_is_present_huge_and_zero)
{
	COVERS(PM_ZERO_HUGE);
	struct stage *s = &self->s;

	EXPECT_PAGES(s, &s->before, 0, pmd_pages(), PRESENT | HUGE | ZERO, WP);
}

TEST_F(pagemap_zero, split_leaves_present_zero_pages_that_are_not_huge)
{
	COVERS(PM_ZERO_HUGE);
	struct stage *s = &self->s;

	ASSERT_OK(madvise(stage_page(s, PAGE), page_size(), MADV_DONTNEED));
	LOOK(s, &s->after);
	EXPECT_PAGES(s, &s->after, 0, PAGE, PRESENT | ZERO, HUGE | WP);
	EXPECT_PAGES(s, &s->after, PAGE, PAGE + 1, 0, PRESENT | ZERO | HUGE | WP);
	EXPECT_PAGES(s, &s->after, PAGE + 1, pmd_pages(), PRESENT | ZERO, HUGE | WP);
}

TEST_F(pagemap_zero, written_page_is_not_zero)
{
	COVERS(PM_ZERO_HUGE);
	struct stage *s = &self->s;

	ACT(s, AGENT_STORE, PAGE, 1);
	LOOK(s, &s->after);
	EXPECT_PAGES(s, &s->after, PAGE, PAGE + 1, PRESENT | ANON, ZERO);
}
