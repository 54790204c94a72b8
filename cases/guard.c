// SPDX-License-Identifier: GPL-2.0
/*
 * Guard regions (MADV_GUARD_INSTALL) in memory whose writes are tracked.
 * Why: an allocator puts them into the heap that a collector watches; both are marks in the same page table entries, and one
 * must not pass for the other.
 */
#include <sys/mman.h>

#include "../common/process.h"
#include "../common/reshape.h"
#include "case.h"
#include "variants.h"

#ifndef MADV_GUARD_INSTALL
#define MADV_GUARD_INSTALL 102
#define MADV_GUARD_REMOVE 103
#endif

#define PAGE 5
#define NEXT (PAGE + 1)
#define VALUE 0xa5

/* Makes page PAGE a guard region; skips where there are none. */
#define GUARD_IT(s) do {							\
	int guard_install = region_advise(&(s)->region, PAGE, NEXT, MADV_GUARD_INSTALL); \
	if (guard_install == -EINVAL)						\
		SKIP(return, "this kernel has no guard regions in this memory: Linux 6.13, for files 6.15"); \
	ACT_BY(guard_install);							\
} while (0)

/* Refused to whoever comes; nothing waits, nothing is delivered. */
#define EXPECT_GUARDED(s) do {							\
	EXPECT_ERROR(touch(s, AGENT_VM_READV), -EFAULT);			\
	EXPECT_ERROR(touch(s, AGENT_VM_WRITEV), -EFAULT);			\
	EXPECT_NO_EVENT(s);							\
} while (0)

/* By the kernel, which is refused where a thread would die. */
static int touch(struct stage *s, enum agent_kind kind)
{
	int error = 0;
	enum agent_state state = agent_act(kind, stage_page(s, PAGE), VALUE, CASE_DEADLINE_MS, &error);

	return state == AGENT_DONE ? error : -ETIME;
}

FIXTURE(guard)
{
	struct stage s;
};

FIXTURE_VARIANT(guard)
{
	enum region_mode mode;
	enum backing backing;
};

#define GUARD_IN(name, how, back) FIXTURE_VARIANT_ADD(guard, name) { .mode = how, .backing = back }

GUARD_IN(sync_hugezero, SYNC, HUGE_ZERO);
GUARD_IN(sync_base, SYNC, BASE_PAGES);
GUARD_IN(async_hugezero, ASYNC, HUGE_ZERO);
GUARD_IN(async_anonthp, ASYNC, ANON_THP);
GUARD_IN(async_unpopulated, ASYNC, UNPOPULATED);

FIXTURE_SETUP(guard)
{
	CASE_AGENT(AGENT_VM_READV);
	CASE_AGENT(AGENT_VM_WRITEV);
	CASE_REGISTERED_PAGES(&self->s, variant->mode, variant->backing, matrix_pages(variant->backing));
}

FIXTURE_TEARDOWN(guard)
{
	stage_clear(&self->s);
}

TEST_F(guard, installed_takes_its_own_page_and_no_protection_from_others)
{
	COVERS(LC_GUARD, LC_SPLIT);
	struct stage *s = &self->s;

	ASSERT_OK(stage_protect(s, 0, s->region.pages));
	LOOK(s, &s->before);
	GUARD_IT(s);
	LOOK(s, &s->after);
	EXPECT_PAGES(s, &s->after, PAGE, NEXT, 0, PRESENT);
	EXPECT_PAGES(s, &s->after, 0, PAGE, WP, WRITTEN | GUARD);
	EXPECT_PAGES(s, &s->after, NEXT, s->region.pages, WP, WRITTEN | GUARD);
	EXPECT_GUARDED(s);
}

TEST_F(guard, stays_one_when_its_range_is_protected_and_unprotected)
{
	COVERS(LC_GUARD, WP_RANGE_EXACT);
	struct stage *s = &self->s;

	GUARD_IT(s);
	ASSERT_OK(stage_protect(s, 0, s->region.pages));
	LOOK(s, &s->after);
	EXPECT_PAGES(s, &s->after, 0, PAGE, WP, WRITTEN | GUARD);
	EXPECT_PAGES(s, &s->after, NEXT, s->region.pages, WP, WRITTEN | GUARD);
	EXPECT_GUARDED(s);
	ASSERT_OK(stage_unprotect(s, 0, s->region.pages, 0));
	LOOK(s, &s->after);
	EXPECT_PAGES(s, &s->after, 0, s->region.pages, WRITTEN, WP);
	EXPECT_GUARDED(s);
}

TEST_F(guard, removed_leaves_a_page_that_can_be_written_to_and_protected)
{
	COVERS(LC_GUARD);
	struct stage *s = &self->s;

	ASSERT_OK(stage_protect(s, 0, s->region.pages));
	GUARD_IT(s);
	ACT_BY(region_advise(&s->region, 0, s->region.pages, MADV_GUARD_REMOVE));
	LOOK(s, &s->after);
	EXPECT_PAGES(s, &s->after, PAGE, NEXT, WRITTEN, PRESENT | WP | GUARD);
	EXPECT_PAGES(s, &s->after, 0, PAGE, WP, WRITTEN);
	EXPECT_PAGES(s, &s->after, NEXT, s->region.pages, WP, WRITTEN);
	ACT(s, AGENT_VM_WRITEV, PAGE, VALUE);
	EXPECT_NO_EVENT(s);
	ASSERT_OK(stage_protect(s, PAGE, NEXT));
	LOOK(s, &s->after);
	EXPECT_PAGES(s, &s->after, PAGE, NEXT, PRESENT | WP, WRITTEN);
}

/* Get-and-protect comes by. */
FIXTURE(guard_scanned)
{
	struct stage s;
};

FIXTURE_SETUP(guard_scanned)
{
	CASE_AGENT(AGENT_VM_READV);
	CASE_AGENT(AGENT_VM_WRITEV);
	CASE_REGISTERED_PAGES(&self->s, ASYNC, BASE_PAGES, 64);
	GUARD_IT(&self->s);
}

FIXTURE_TEARDOWN(guard_scanned)
{
	stage_clear(&self->s);
}

TEST_F(guard_scanned, stays_one_and_the_others_are_protected)
{
	COVERS(LC_GUARD, SC_WP_MATCHING);
	struct stage *s = &self->s;

	ACT_BY(view_read_and_arm(&s->before, &s->region));
	LOOK(s, &s->after);
	EXPECT_PAGES(s, &s->after, 0, PAGE, WP, WRITTEN | GUARD);
	EXPECT_PAGES(s, &s->after, NEXT, s->region.pages, WP, WRITTEN | GUARD);
	EXPECT_GUARDED(s);
	ASSERT_OK(region_advise(&s->region, PAGE, NEXT, MADV_GUARD_REMOVE));
	ACT(s, AGENT_VM_WRITEV, PAGE, VALUE);
	LOOK(s, &s->after);
	EXPECT_PAGES(s, &s->after, PAGE, NEXT, PRESENT | WRITTEN, WP | GUARD);
}

/* Shared memory keeps protection where nothing is mapped. */
FIXTURE(guard_shmem)
{
	struct stage s;
};

FIXTURE_SETUP(guard_shmem)
{
	FULL_ONLY();
	ARRANGE(stage_region(&self->s, SHMEM, 16, &lack));
	ARRANGE(stage_register(&self->s, SYNC, UFFD_FEATURE_WP_HUGETLBFS_SHMEM, &lack));
	GUARD_IT(&self->s);
	ASSERT_OK(region_advise(&self->s.region, PAGE, NEXT, MADV_GUARD_REMOVE));
	ASSERT_OK(stage_protect(&self->s, 0, self->s.region.pages));
	LOOK(&self->s, &self->s.before);
}

FIXTURE_TEARDOWN(guard_shmem)
{
	stage_clear(&self->s);
}

static int guard_page(void *region)
{
	return region_advise(region, PAGE, NEXT, MADV_GUARD_INSTALL);
}

TEST_F(guard_shmem, can_be_installed_over_a_protected_page)
{
	COVERS(LC_GUARD);
	struct stage *s = &self->s;
	int err = in_our_memory(guard_page, &s->region);

	OR_LEAVE(EXPECT_THAT(err != -ETIME, HANG, "MADV_GUARD_INSTALL to end; it spins"));
	ASSERT_OK(err);
	LOOK(s, &s->after);
	EXPECT_PAGES(s, &s->after, 0, PAGE, WP, WRITTEN | GUARD);
	EXPECT_PAGES(s, &s->after, NEXT, s->region.pages, WP, WRITTEN | GUARD);
}
