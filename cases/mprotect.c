// SPDX-License-Identifier: GPL-2.0
/*
 * Protected pages under mprotect, in any sequence.
 * Why: collectors and write watches change access rights all the time; giving write access back to a VMA must not give
 * it to a page whose writes somebody waits for.
 */
#include <sys/mman.h>

#include "../common/reshape.h"
#include "case.h"
#include "variants.h"

#define PAGE 5
#define HALF 32
#define VALUE 0xa5
#define RW (PROT_READ | PROT_WRITE)

#define EACH_MEMORY(fixture)							\
	EACH_BACKING(fixture);							\
	BACKING(fixture, shmem, SHMEM);						\
	BACKING(fixture, shmemcached, SHMEM_CACHED)

/* A sequence of mprotect calls, each on the whole region or on a part of it; afterwards it all is writable. */
static const struct step {
	size_t first;
	size_t end;		/* 0: all */
	int prot;
} steps[] = {
	{ 0, 0, PROT_READ }, { 0, 0, RW }, { 0, 0, PROT_NONE }, { 0, 0, RW },
	{ PAGE, HALF, PROT_READ }, { 0, PAGE + 1, PROT_NONE }, { 0, 0, PROT_READ }, { 0, 0, RW },
};

static int take_step(struct stage *s, const struct step *step)
{
	snprintf(so_far.act, sizeof(so_far.act), "mprotect of pages [%zu..%zu) to %s%s%s", step->first,
		 step->end ? step->end : s->region.pages, step->prot ? "" : "none",
		 step->prot & PROT_READ ? "r" : "", step->prot & PROT_WRITE ? "w" : "");
	return region_allow(&s->region, step->first, step->end ? step->end : s->region.pages, step->prot);
}

FIXTURE(reprotected)
{
	struct stage s;
};

FIXTURE_VARIANT(reprotected)
{
	enum backing backing;
};

EACH_MEMORY(reprotected);

FIXTURE_SETUP(reprotected)
{
	struct stage *s = &self->s;

	CASE_AGENT(AGENT_STORE);
	CASE_STAGE_PAGES(s, SYNC, variant->backing, matrix_pages(variant->backing));
}

FIXTURE_TEARDOWN(reprotected)
{
	stage_clear(&self->s);
}

TEST_F(reprotected, whole_region_stays_protected_and_a_store_is_caught)
{
	COVERS(LC_MPROTECT, WP_NEVER_WRITABLE);
	struct stage *s = &self->s;
	size_t i;

	for (i = 0; i < 4; i++) {
		ASSERT_OK(take_step(s, &steps[i]));
		LOOK(s, &s->after);
		EXPECT_SAME(s, &s->before, &s->after);
	}
	START(s, &s->writer, AGENT_STORE, PAGE, VALUE);
	ASSERT_EVENT(s, PAGE);
	EXPECT_BLOCKED(s, &s->writer);
	EXPECT_UNTOUCHED(s);
}

TEST_F(reprotected, parts_stay_protected_and_stores_are_caught)
{
	COVERS(LC_MPROTECT, WP_NEVER_WRITABLE);
	const size_t both[] = { PAGE, HALF };
	struct stage *s = &self->s;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(steps); i++)
		ASSERT_OK(take_step(s, &steps[i]));
	LOOK(s, &s->after);
	EXPECT_PAGES(s, &s->after, 0, s->region.pages, s->before.page[0] & (PRESENT | ZERO | ANON | WP), WRITTEN);
	START(s, &s->writer, AGENT_STORE, PAGE, VALUE);
	START(s, &s->second, AGENT_STORE, HALF, VALUE);
	ASSERT_EVENTS(s, both, 2);
	EXPECT_BLOCKED(s, &s->writer);
	EXPECT_BLOCKED(s, &s->second);
}

/* Written before, so that nothing but the bit keeps the pages from being writable; read-only when they are armed. */
/* Registered, nothing protected: pages, holes beside them, and a PMD of nothing but holes. */
FIXTURE(bare)
{
	struct stage s;
};

FIXTURE_SETUP(bare)
{
	struct stage *s = &self->s;

	CASE_AGENT(AGENT_STORE);
	CASE_REGISTERED(s, SYNC, UNPOPULATED, 2);
	madvise(s->region.start, s->region.pages * page_size(), MADV_NOHUGEPAGE);
	ACT(s, AGENT_STORE, PAGE, VALUE);
	LOOK(s, &s->before);
}

FIXTURE_TEARDOWN(bare)
{
	stage_clear(&self->s);
}

TEST_F(bare, mprotect_protects_no_page)
{
	COVERS(LC_MPROTECT, WP_RANGE_EXACT);
	struct stage *s = &self->s;

	ACT_BY(region_lock_and_unlock(&s->region, 0, s->region.pages));
	LOOK(s, &s->after);
	EXPECT_SAME(s, &s->before, &s->after);
	ACT(s, AGENT_STORE, PAGE + 1, VALUE);
	EXPECT_NO_EVENT(s);
}

FIXTURE(readonly)
{
	struct stage s;
};

FIXTURE_VARIANT(readonly)
{
	enum backing backing;
};

EACH_MEMORY(readonly);

FIXTURE_SETUP(readonly)
{
	struct stage *s = &self->s;

	CASE_AGENT(AGENT_STORE);
	CASE_REGISTERED_PAGES(s, ASYNC, variant->backing, matrix_pages(variant->backing));
	ASSERT_OK(region_allow(&s->region, 0, s->region.pages, PROT_READ));
	ASSERT_OK(stage_protect(s, 0, s->region.pages));
	LOOK(s, &s->before);
}

FIXTURE_TEARDOWN(readonly)
{
	stage_clear(&self->s);
}

TEST_F(readonly, pages_armed_there_report_the_first_store_once_it_is_allowed)
{
	COVERS(LC_MPROTECT, WP_NO_LOST_WRITE);
	struct stage *s = &self->s;

	ASSERT_OK(region_allow(&s->region, 0, s->region.pages, RW));
	LOOK(s, &s->after);
	EXPECT_SAME(s, &s->before, &s->after);
	ACT(s, AGENT_STORE, PAGE, VALUE);
	LOOK(s, &s->after);
	EXPECT_PAGES(s, &s->after, PAGE, PAGE + 1, PRESENT | WRITTEN, WP | ZERO);
	EXPECT_WRITTEN_ONLY(s, AGENT_STORE, PAGE, VALUE);
}
