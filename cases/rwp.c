// SPDX-License-Identifier: GPL-2.0
/*
 * Access to read-write protected pages: caught or resolved.
 * Why: a page that can be touched unseen looks cold and is evicted while it is in use.
 */
#include "case.h"
#include "rwp_checks.h"
#include "variants.h"

#define PAGE 5
#define FAR 40
#define VALUE 0xa5

#define BACKING_BY_ACCESS(fixture, name, back)					\
	BACKING_AND_WRITER(fixture, name##_load, back, AGENT_LOAD);		\
	BACKING_AND_WRITER(fixture, name##_store, back, AGENT_STORE)

/* What splits, what stays huge, what is small; by the CPU, and by the kernel for a process. */
#define EACH_ACCESS(fixture)							\
	BACKING_BY_ACCESS(fixture, hugezero, HUGE_ZERO);			\
	BACKING_BY_ACCESS(fixture, base, BASE_PAGES);				\
	BACKING_AND_WRITER(fixture, anonthp_load, ANON_THP, AGENT_LOAD);	\
	BACKING_AND_WRITER(fixture, zeroptes_store, ZERO_PTES, AGENT_STORE);	\
	BACKING_AND_WRITER(fixture, base_vm_readv, BASE_PAGES, AGENT_VM_READV);	\
	BACKING_AND_WRITER(fixture, base_read, BASE_PAGES, AGENT_READ)

FIXTURE(rwp_async)
{
	struct stage s;
};

FIXTURE_VARIANT(rwp_async)
{
	enum backing backing;
	enum agent_kind writer;
};

EACH_ACCESS(rwp_async);

FIXTURE_SETUP(rwp_async)
{
	CASE_AGENT(variant->writer);
	CASE_RWP(&self->s, ASYNC, variant->backing, matrix_pages(variant->backing));
}

FIXTURE_TEARDOWN(rwp_async)
{
	stage_clear(&self->s);
}

TEST_F(rwp_async, access_goes_on_and_its_page_counts_as_accessed)
{
	COVERS(RW_TRAPS, RW_ACCESSED);
	struct stage *s = &self->s;

	ACT(s, variant->writer, PAGE, VALUE);
	LOOK(s, &s->after);
	EXPECT_ACCESSED(s, PAGE);
	EXPECT_NO_EVENT(s);
	EXPECT_WRITTEN_ONLY(s, variant->writer, PAGE, VALUE);
}

FIXTURE(rwp_sync)
{
	struct stage s;
};

FIXTURE_VARIANT(rwp_sync)
{
	enum backing backing;
	enum agent_kind writer;
};

EACH_ACCESS(rwp_sync);

FIXTURE_SETUP(rwp_sync)
{
	struct stage *s = &self->s;

	CASE_AGENT(variant->writer);
	CASE_RWP(s, SYNC, variant->backing, matrix_pages(variant->backing));
	START(s, &s->writer, variant->writer, PAGE, VALUE);
	ASSERT_ACCESS_EVENT(s, PAGE, variant->writer);
	EXPECT_BLOCKED(s, &s->writer);
	LOOK(s, &s->after);
	EXPECT_SAME(s, &s->before, &s->after);
	EXPECT_NO_EVENT(s);
}

FIXTURE_TEARDOWN(rwp_sync)
{
	stage_clear(&self->s);
}

TEST_F(rwp_sync, access_goes_on_when_its_page_is_given_back)
{
	COVERS(RW_TRAPS);
	struct stage *s = &self->s;

	ACT_BY(rwp_release(s, PAGE, PAGE + 1, 0));
	EXPECT_DONE(s, &s->writer);
	LOOK(s, &s->after);
	EXPECT_PAGES(s, &s->after, PAGE, PAGE + 1, PRESENT | ACCESSED, WP);
	EXPECT_PAGES(s, &s->after, 0, PAGE, PRESENT | WP, ACCESSED);
	EXPECT_PAGES(s, &s->after, PAGE + 1, s->region.pages, PRESENT | WP, ACCESSED);

	ASSERT_OK(rwp_release(s, 0, s->region.pages, 0));
	EXPECT_WRITTEN_ONLY(s, variant->writer, PAGE, VALUE);
	EXPECT_NO_EVENT(s);
}

FIXTURE(rwp_waiting)
{
	struct stage s;
};

FIXTURE_VARIANT(rwp_waiting)
{
	enum backing backing;
};

BACKING(rwp_waiting, hugezero, HUGE_ZERO);
BACKING(rwp_waiting, base, BASE_PAGES);

FIXTURE_SETUP(rwp_waiting)
{
	struct stage *s = &self->s;

	CASE_RWP(s, SYNC, variant->backing, matrix_pages(variant->backing));
	START(s, &s->writer, AGENT_LOAD, PAGE, 0);
	ASSERT_ACCESS_EVENT(s, PAGE, AGENT_LOAD);
	EXPECT_BLOCKED(s, &s->writer);
}

FIXTURE_TEARDOWN(rwp_waiting)
{
	stage_clear(&self->s);
}

TEST_F(rwp_waiting, giving_back_without_waking_leaves_it_asleep)
{
	COVERS(RW_TRAPS);
	struct stage *s = &self->s;

	ASSERT_OK(rwp_release(s, 0, s->region.pages, UFFDIO_RWPROTECT_MODE_DONTWAKE));
	EXPECT_ASLEEP(s, &s->writer);
	ACT_BY(stage_wake(s, 0, s->region.pages));
	EXPECT_DONE(s, &s->writer);
	EXPECT_NO_EVENT(s);
}

TEST_F(rwp_waiting, another_access_waits_for_itself)
{
	COVERS(RW_TRAPS);
	struct stage *s = &self->s;

	START(s, &s->second, AGENT_STORE, FAR, VALUE);
	ASSERT_ACCESS_EVENT(s, FAR, AGENT_STORE);
	EXPECT_BLOCKED(s, &s->second);
	ACT_BY(rwp_release(s, PAGE, PAGE + 1, 0));
	EXPECT_DONE(s, &s->writer);
	EXPECT_ASLEEP(s, &s->second);
	ACT_BY(rwp_release(s, 0, s->region.pages, 0));
	EXPECT_DONE(s, &s->second);
	EXPECT_WRITTEN_ONLY(s, AGENT_STORE, FAR, VALUE);
}

/* Whether what is in flight sleeps in its fault or is on its way there, it goes on. */
TEST_F(rwp_waiting, switching_to_async_lets_it_go_on)
{
	COVERS(RW_SET_MODE);
	struct stage *s = &self->s;

	ACT_BY(uffd_set_mode(&s->uffd, UFFD_FEATURE_RWP_ASYNC, 0));
	EXPECT_DONE(s, &s->writer);
	LOOK(s, &s->after);
	EXPECT_ACCESSED(s, PAGE);
	ACT(s, AGENT_STORE, FAR, VALUE);
	EXPECT_NO_EVENT(s);
	EXPECT_WRITTEN_ONLY(s, AGENT_STORE, FAR, VALUE);
}

TEST_F(rwp_waiting, switching_back_to_sync_catches_again)
{
	COVERS(RW_SET_MODE);
	struct stage *s = &self->s;

	ASSERT_OK(uffd_set_mode(&s->uffd, UFFD_FEATURE_RWP_ASYNC, 0));
	EXPECT_DONE(s, &s->writer);
	ASSERT_OK(rwp_protect(s, 0, s->region.pages));
	ASSERT_OK(uffd_set_mode(&s->uffd, 0, UFFD_FEATURE_RWP_ASYNC));
	START(s, &s->second, AGENT_LOAD, FAR, 0);
	ASSERT_ACCESS_EVENT(s, FAR, AGENT_LOAD);
	EXPECT_BLOCKED(s, &s->second);
}
