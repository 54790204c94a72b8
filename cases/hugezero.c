// SPDX-License-Identifier: GPL-2.0
/*
 * The first write to a protected huge-zero PMD: the question that this suite grew from.
 * Why: the write fault may map a whole THP. If the entry keeps its uffd-wp bit and is writable, the next write is
 * one that nobody hears of.
 */
#include "../common/scarce.h"
#include "case.h"

#define PAGE 5
#define VALUE 0xa5

FIXTURE(hugezero_async)
{
	struct stage s;
};

FIXTURE_SETUP(hugezero_async)
{
	CASE_STAGE(&self->s, ASYNC, HUGE_ZERO, 2);
}

FIXTURE_TEARDOWN(hugezero_async)
{
	stage_clear(&self->s);
}

TEST_F(hugezero_async, first_write_maps_one_thp)
{
	COVERS(AS_THP_PATH);
	struct stage *s = &self->s;

	ACT(s, AGENT_STORE, PAGE, VALUE);
	LOOK(s, &s->after);
	NEEDS_HUGE_PAGES(s);

	EXPECT_PAGES(s, &s->after, 0, pmd_pages(), HUGE | ANON | WRITTEN, WP | ZERO);
	EXPECT_SAME_IN(s, &s->before, &s->after, pmd_pages(), 2 * pmd_pages());
	EXPECT_WRITTEN_ONLY(s, AGENT_STORE, PAGE, VALUE);
}

TEST_F(hugezero_async, split_leaves_the_other_pages_zero_and_protected)
{
	COVERS(AS_SPLIT_PATH, AS_PRECISE);
	struct stage *s = &self->s;

	ACT(s, AGENT_STORE, PAGE, VALUE);
	LOOK(s, &s->after);
	if (s->after.page[PAGE] & HUGE)
		SKIP(return, "this kernel maps a THP instead of splitting: AS-THP-PATH");

	EXPECT_PAGES(s, &s->after, PAGE, PAGE + 1, PRESENT | ANON | WRITTEN, WP | ZERO);
	EXPECT_PAGES(s, &s->after, 0, PAGE, PRESENT | ZERO | WP, WRITTEN | HUGE);
	EXPECT_PAGES(s, &s->after, PAGE + 1, pmd_pages(), PRESENT | ZERO | WP, WRITTEN | HUGE);
}

TEST_F(hugezero_async, later_writes_are_each_caught)
{
	COVERS(WP_NO_LOST_WRITE, AS_SPLIT_PATH);
	const size_t later[] = { 0, PAGE - 1, PAGE + 1, pmd_pages() - 1 };
	struct stage *s = &self->s;
	size_t i;

	ACT(s, AGENT_STORE, PAGE, VALUE);
	for (i = 0; i < ARRAY_SIZE(later); i++) {
		ACT(s, AGENT_STORE, later[i], VALUE);
		LOOK(s, &s->after);
		EXPECT_PAGES(s, &s->after, later[i], later[i] + 1, PRESENT | ANON | WRITTEN, WP | ZERO);
	}
	EXPECT_PAGES(s, &s->after, pmd_pages(), 2 * pmd_pages(), HUGE | ZERO | WP, WRITTEN);
}

FIXTURE(scarce_async)
{
	struct stage s;
};

FIXTURE_VARIANT(scarce_async)
{
	enum scarcity how;
};

FIXTURE_VARIANT_ADD(scarce_async, by_a_memory_limit) { .how = SCARCE_BY_LIMIT };
FIXTURE_VARIANT_ADD(scarce_async, by_injected_faults) { .how = SCARCE_BY_FAULTS };

FIXTURE_SETUP(scarce_async)
{
	ARRANGE(scarce_available(variant->how, lack.why, sizeof(lack.why)));
	CASE_STAGE(&self->s, ASYNC, HUGE_ZERO, 2);
}

FIXTURE_TEARDOWN(scarce_async)
{
	stage_clear(&self->s);
}

TEST_F(scarce_async, write_falls_back_to_a_base_page)
{
	COVERS(AS_FALLBACK);
	struct stage *s = &self->s;

	ARRANGE(scarce_begin(variant->how, lack.why, sizeof(lack.why)));
	ACT(s, AGENT_STORE, PAGE, VALUE);
	LOOK(s, &s->after);
	scarce_end(variant->how);

	EXPECT_PAGES(s, &s->after, PAGE, PAGE + 1, PRESENT | ANON | WRITTEN, WP | ZERO | HUGE);
	EXPECT_PAGES(s, &s->after, PAGE + 1, pmd_pages(), PRESENT | ZERO | WP, WRITTEN | HUGE);
	EXPECT_WRITTEN_ONLY(s, AGENT_STORE, PAGE, VALUE);
}

FIXTURE(hugezero_sync)
{
	struct stage s;
};

FIXTURE_SETUP(hugezero_sync)
{
	struct stage *s = &self->s;

	CASE_STAGE(s, SYNC, HUGE_ZERO, 2);
	START(s, &s->writer, AGENT_STORE, PAGE, VALUE);
	ASSERT_EVENT(s, PAGE);
}

FIXTURE_TEARDOWN(hugezero_sync)
{
	stage_clear(&self->s);
}

TEST_F(hugezero_sync, event_comes_before_anything_is_allocated)
{
	COVERS(HZ_SYNC_EVENT, EV_CONTENT_HELD);
	struct stage *s = &self->s;

	EXPECT_BLOCKED(s, &s->writer);
	LOOK_AT_BOOKS(s, &s->after);
	EXPECT_PAGES(s, &s->after, 0, 2 * pmd_pages(), PRESENT | HUGE | ZERO | WP, WRITTEN);
	EXPECT_THAT(!s->after.smaps.anonymous, EXTRA, "no anonymous memory before the event is resolved; %zu bytes are there",
		    s->after.smaps.anonymous);
}

TEST_F(hugezero_sync, retried_write_maps_one_thp)
{
	COVERS(HZ_SYNC_THP);
	struct stage *s = &self->s;

	ASSERT_OK(stage_unprotect(s, 0, pmd_pages(), 0));
	ASSERT_DONE(s, &s->writer);
	LOOK(s, &s->after);
	NEEDS_HUGE_PAGES(s);

	EXPECT_PAGES(s, &s->after, 0, pmd_pages(), HUGE | ANON | WRITTEN, WP | ZERO);
	EXPECT_GREW(&s->before, &s->after, THP_FAULT_ALLOC, 1);
}

TEST_F(hugezero_sync, retried_write_is_the_only_data)
{
	COVERS(HZ_SYNC_THP, EV_CONTENT_HELD);
	struct change written = { PAGE * page_size(), VALUE };
	struct stage *s = &self->s;

	ASSERT_OK(stage_unprotect(s, 0, pmd_pages(), 0));
	ASSERT_DONE(s, &s->writer);
	LOOK(s, &s->after);

	EXPECT_PAGES(s, &s->after, PAGE, PAGE + 1, PRESENT | ANON | WRITTEN, WP | ZERO);
	EXPECT_PAGES(s, &s->after, 0, pmd_pages(), PRESENT | WRITTEN, WP);
	EXPECT_SAME_IN(s, &s->before, &s->after, pmd_pages(), 2 * pmd_pages());
	EXPECT_THAT(region_check_all(&s->region, &written, 1) < 0, LOST, "one byte of data in the PMD and zero elsewhere");
	EXPECT_NO_EVENT(s);
}

TEST_F(hugezero_sync, unprotecting_one_page_frees_that_page_only)
{
	COVERS(HZ_SYNC_PARTIAL, WP_RANGE_EXACT);
	struct stage *s = &self->s;

	ASSERT_OK(stage_unprotect(s, PAGE, PAGE + 1, 0));
	ASSERT_DONE(s, &s->writer);
	LOOK(s, &s->after);
	EXPECT_PAGES(s, &s->after, PAGE, PAGE + 1, PRESENT | ANON | WRITTEN, WP | ZERO);
	EXPECT_PAGES(s, &s->after, 0, PAGE, PRESENT | ZERO | WP, WRITTEN);
	EXPECT_PAGES(s, &s->after, PAGE + 1, 2 * pmd_pages(), PRESENT | ZERO | WP, WRITTEN);
}

TEST_F(hugezero_sync, the_other_pages_still_deliver_after_a_partial_unprotect)
{
	COVERS(HZ_SYNC_PARTIAL, EV_ONE);
	struct stage *s = &self->s;

	ASSERT_OK(stage_unprotect(s, PAGE, PAGE + 1, 0));
	ASSERT_DONE(s, &s->writer);
	START(s, &s->second, AGENT_STORE, pmd_pages() - 1, VALUE);
	ASSERT_EVENT(s, pmd_pages() - 1);
	EXPECT_BLOCKED(s, &s->second);
	LOOK(s, &s->after);
	EXPECT_PAGES(s, &s->after, PAGE + 1, pmd_pages(), PRESENT | ZERO | WP, WRITTEN | HUGE);
}

FIXTURE(scarce_sync)
{
	struct stage s;
};

FIXTURE_VARIANT(scarce_sync)
{
	enum scarcity how;
};

FIXTURE_VARIANT_ADD(scarce_sync, by_a_memory_limit) { .how = SCARCE_BY_LIMIT };
FIXTURE_VARIANT_ADD(scarce_sync, by_injected_faults) { .how = SCARCE_BY_FAULTS };

FIXTURE_SETUP(scarce_sync)
{
	struct stage *s = &self->s;

	ARRANGE(scarce_available(variant->how, lack.why, sizeof(lack.why)));
	CASE_STAGE(s, SYNC, HUGE_ZERO, 2);
	ARRANGE(scarce_begin(variant->how, lack.why, sizeof(lack.why)));
	START(s, &s->writer, AGENT_STORE, PAGE, VALUE);
	ASSERT_EVENT(s, PAGE);
}

FIXTURE_TEARDOWN(scarce_sync)
{
	stage_clear(&self->s);
}

TEST_F(scarce_sync, retried_write_falls_back_to_a_base_page)
{
	COVERS(HZ_SYNC_THP);
	struct stage *s = &self->s;

	ASSERT_OK(stage_unprotect(s, 0, pmd_pages(), 0));
	ASSERT_DONE(s, &s->writer);
	LOOK(s, &s->after);
	scarce_end(variant->how);

	EXPECT_PAGES(s, &s->after, PAGE, PAGE + 1, PRESENT | ANON | WRITTEN, WP | ZERO | HUGE);
	EXPECT_PAGES(s, &s->after, PAGE + 1, pmd_pages(), PRESENT | ZERO | WRITTEN, WP | HUGE);
	EXPECT_WRITTEN_ONLY(s, AGENT_STORE, PAGE, VALUE);
}
