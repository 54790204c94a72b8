// SPDX-License-Identifier: GPL-2.0
/*
 * Where one backing ends and another begins: two PMDs side by side, of different kinds.
 * Why: the kernel walks each kind of entry in a loop of its own; a range over the border changes loops, and what the
 * first one did too much or left undone, nobody looks at again.
 */
#include "case.h"
#include "flip.h"
#include "scan_checks.h"

#define VALUE 0xa5
#define NEXT 0x5a

struct sides {
	enum backing near, beyond;
	bool full;		/* for full runs only */
};

#define SIDES(fixture, name, one, other) FIXTURE_VARIANT_ADD(fixture, name) { { .near = one, .beyond = other } }
#define SIDES_FULL(fixture, name, one, other) \
	FIXTURE_VARIANT_ADD(fixture, name) { { .near = one, .beyond = other, .full = true } }

#define EACH_BORDER(fixture)							\
	SIDES(fixture, hugezero_hole, HUGE_ZERO, UNPOPULATED);			\
	SIDES(fixture, hole_hugezero, UNPOPULATED, HUGE_ZERO);			\
	SIDES(fixture, hole_hole, UNPOPULATED, UNPOPULATED);			\
	SIDES(fixture, hugezero_anonthp, HUGE_ZERO, ANON_THP);			\
	SIDES(fixture, hugezero_shmem, HUGE_ZERO, SHMEM);			\
	SIDES(fixture, shmemthp_hugezero, SHMEM_THP, HUGE_ZERO);		\
	SIDES_FULL(fixture, hugezero_zeroptes, HUGE_ZERO, ZERO_PTES);		\
	SIDES_FULL(fixture, zeroptes_hugezero, ZERO_PTES, HUGE_ZERO);		\
	SIDES_FULL(fixture, anonthp_hugezero, ANON_THP, HUGE_ZERO);		\
	SIDES_FULL(fixture, hugezero_ptethp, HUGE_ZERO, PTE_THP);		\
	SIDES_FULL(fixture, base_hugezero, BASE_PAGES, HUGE_ZERO);		\
	SIDES_FULL(fixture, shmem_hugezero, SHMEM, HUGE_ZERO);			\
	SIDES_FULL(fixture, shmemcached_hugezero, SHMEM_CACHED, HUGE_ZERO);	\
	SIDES_FULL(fixture, anonthp_shmemthp, ANON_THP, SHMEM_THP)

#define CASE_BORDER(s, how, mode) do {						\
	if ((how)->full)							\
		FULL_ONLY();							\
	CASE_AGENT(AGENT_STRADDLE);						\
	ARRANGE(stage_region_two(s, (how)->near, (how)->beyond, &lack));	\
	ARRANGE(stage_register(s, mode, 0, &lack));				\
	LOOK(s, &(s)->before);							\
} while (0)

FIXTURE(border)
{
	struct stage s;
	size_t at;		/* the first page beyond */
};

FIXTURE_VARIANT(border)
{
	struct sides sides;
};

EACH_BORDER(border);

FIXTURE_SETUP(border)
{
	self->at = pmd_pages();
	CASE_BORDER(&self->s, &variant->sides, SYNC);
}

FIXTURE_TEARDOWN(border)
{
	stage_clear(&self->s);
}

TEST_F(border, calls_across_it_change_exactly_their_pages)
{
	COVERS(WP_RANGE_EXACT, PM_AGREE);
	struct stage *s = &self->s;
	size_t at = self->at;

	PROTECTS(s, at - 3, at + 3);
	UNPROTECTS(s, at - 1, at + 1);
	PROTECTS(s, at - 1, at + 1);
	EXPECT_UNTOUCHED(s);
}

TEST_F(border, protection_of_one_side_ends_there)
{
	COVERS(WP_RANGE_EXACT, EV_ONE);
	struct stage *s = &self->s;
	size_t at = self->at;

	PROTECTS(s, 0, at);
	ACT(s, AGENT_STORE, at, VALUE);
	EXPECT_NO_EVENT(s);
	START(s, &s->writer, AGENT_STRADDLE, at - 1, NEXT);
	ASSERT_EVENT(s, at - 1);
	EXPECT_BLOCKED(s, &s->writer);
	ASSERT_OK(stage_unprotect(s, at - 1, at, 0));
	ASSERT_DONE(s, &s->writer);
	EXPECT_NO_EVENT(s);
	LOOK(s, &s->after);
	EXPECT_PAGES(s, &s->after, 0, at - 1, WP, WRITTEN);
	EXPECT_PAGES(s, &s->after, at - 1, s->region.pages, 0, WP);
}

/* Nothing is mapped before the border, not even a page table. */
FIXTURE(border_void)
{
	struct stage s;
};

FIXTURE_SETUP(border_void)
{
	static const struct sides sides = { .near = UNPOPULATED, .beyond = HUGE_ZERO };

	CASE_BORDER(&self->s, &sides, SYNC);
}

FIXTURE_TEARDOWN(border_void)
{
	stage_clear(&self->s);
}

TEST_F(border_void, unprotecting_goes_on_behind_it)
{
	COVERS(WP_RANGE_EXACT);
	struct stage *s = &self->s;

	PROTECTS(s, pmd_pages(), s->region.pages);
	ACT_BY(stage_unprotect(s, 0, s->region.pages, 0));
	LOOK(s, &s->after);
	EXPECT_PAGES(s, &s->after, 0, s->region.pages, WRITTEN, WP);
	ACT(s, AGENT_STORE, pmd_pages(), VALUE);
	EXPECT_NO_EVENT(s);
}

FIXTURE(border_async)
{
	struct stage s;
	struct scan_answer answer;
};

FIXTURE_VARIANT(border_async)
{
	struct sides sides;
};

EACH_BORDER(border_async);

FIXTURE_SETUP(border_async)
{
	CASE_BORDER(&self->s, &variant->sides, ASYNC);
}

FIXTURE_TEARDOWN(border_async)
{
	scan_answer_free(&self->answer);
	stage_clear(&self->s);
}

TEST_F(border_async, get_and_protect_across_it_arms_what_it_reports)
{
	COVERS(SC_WP_MATCHING, WP_NO_LOST_WRITE, PM_AGREE);
	struct stage *s = &self->s;
	size_t at = pmd_pages();
	struct scan q = scan_arming(s, at - 100, at + 100, WRITTEN, WRITTEN);

	ASK(s, &q, &self->answer);
	LOOK(s, &s->after);
	ASSERT_MODEL(&q, &s->before, &self->answer);
	ASSERT_ARMED(s, &self->answer);

	ACT(s, AGENT_STRADDLE, at - 1, VALUE);
	LOOK(s, &s->after);
	EXPECT_PAGES(s, &s->after, at - 100, at - 1, WP, WRITTEN);
	EXPECT_PAGES(s, &s->after, at - 1, at + 1, PRESENT | WRITTEN, WP);
	EXPECT_PAGES(s, &s->after, at + 1, at + 100, WP, WRITTEN);
	EXPECT_WRITTEN_ONLY(s, AGENT_STRADDLE, at - 1, VALUE);
}
