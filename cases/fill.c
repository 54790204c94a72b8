// SPDX-License-Identifier: GPL-2.0
/*
 * Filling pages by hand (COPY, ZEROPAGE, CONTINUE, POISON) in memory that is registered for missing pages and for writes.
 * Why: a snapshot is restored page by page while its writes are tracked; a page that comes up unprotected is a write that
 * nobody hears of, and one that is filled twice is data lost.
 */
#include <sys/mman.h>

#include "../common/reshape.h"
#include "case.h"
#include "variants.h"

#ifndef MADV_POPULATE_READ
#define MADV_POPULATE_READ 22
#endif

#define PAGE 5
#define NEXT (PAGE + 1)
#define VALUE 0xa5
#define BOTH (UFFDIO_REGISTER_MODE_MISSING | UFFDIO_REGISTER_MODE_WP)

/* A page to copy from; its first and last bytes are VALUE. */
static char *source(void)
{
	static char *page;

	if (!page)
		page = aligned_alloc(page_size(), page_size());
	memset(page, VALUE, page_size());
	return page;
}

static int copy(struct stage *s, size_t page, uint64_t mode)
{
	return uffd_copy(&s->uffd, stage_page(s, page), source(), page_size(), mode, NULL);
}

static int also_missing(struct stage *s)
{
	return uffd_register(&s->uffd, s->region.start, s->region.pages * page_size(), BOTH, NULL);
}

static bool caught(const struct place *at, struct stage *s, size_t page)
{
	return check_start(at, s, &s->writer, AGENT_STORE, page, VALUE) && check_event(at, s, page) &&
	       check_blocked(at, s, &s->writer);
}

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
	OR_LEAVE(caught(HERE, s, PAGE));
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
	OR_LEAVE(caught(HERE, s, PAGE));
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
	OR_LEAVE(caught(HERE, s, PAGE));
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
	OR_LEAVE(caught(HERE, s, PAGE));
}

TEST_F(hole, zeropage_fills_a_protected_hole_as_copy_does)
{
	COVERS(FI_ZERO);
	struct stage *s = &self->s;

	ASSERT_OK(stage_protect(s, 0, s->region.pages));
	ACT_BY(uffd_zeropage(&s->uffd, stage_page(s, PAGE), page_size(), 0, NULL));
}

static bool take_flags(const struct place *at, struct stage *s, const char *of, uint64_t wanted)
{
	struct uffd_msg msg;

	if (!check_take(at, s, of, &msg))
		return false;
	if (msg.event == UFFD_EVENT_PAGEFAULT && msg.arg.pagefault.flags == wanted)
		return true;
	return check_charge(at, REQUIREMENT_NONE, INTERFACE, "flags 0x%llx %s; they are 0x%llx",
			   (unsigned long long)wanted, of, (unsigned long long)msg.arg.pagefault.flags);
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
	OR_LEAVE(caught(HERE, s, NEXT));
}

/* A shared file's pages are in the page cache, and not mapped. */
FIXTURE(minor)
{
	struct stage s;
	char *other;
};

FIXTURE_SETUP(minor)
{
	struct stage *s = &self->s;

	CASE_AGENT(AGENT_STORE);
	ARRANGE(stage_region(s, UNPOPULATED, pmd_pages(), &lack));
	ASSERT_OK(region_share(&s->region, &self->other));
	ARRANGE(stage_register(s, SYNC, UFFD_FEATURE_MINOR_SHMEM | UFFD_FEATURE_WP_HUGETLBFS_SHMEM, &lack));
	ASSERT_OK(uffd_register(&s->uffd, s->region.start, s->region.pages * page_size(),
				UFFDIO_REGISTER_MODE_MINOR | UFFDIO_REGISTER_MODE_WP, NULL));
}

FIXTURE_TEARDOWN(minor)
{
	munmap(self->other, self->s.region.pages * page_size());
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
	OR_LEAVE(caught(HERE, s, PAGE));
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
	OR_LEAVE(caught(HERE, s, PAGE));
}
