// SPDX-License-Identifier: GPL-2.0
/*
 * Writers that wait: which events they deliver, and what wakes them.
 * Why: an address that is off by a page saves the wrong one, a waiter that nobody wakes is a stuck program, and
 * one that is woken too early has written before its page was saved.
 */
#include "case.h"
#include "variants.h"

#define PAGE 5
/* The last page of a PMD on most machines, inside one on all. */
#define FAR 511
#define VALUE 0xa5

#define EACH_KIND_OF_WAIT(fixture)						\
	BACKING(fixture, hugezero, HUGE_ZERO);					\
	BACKING(fixture, base, BASE_PAGES)

/* Two writers share a page, one is its neighbour, one is far off in the same PMD. */
static const size_t wanted[] = { PAGE, PAGE, PAGE + 1, FAR };

FIXTURE(waiters)
{
	struct stage s;
	struct agent writer[ARRAY_SIZE(wanted)];
};

FIXTURE_VARIANT(waiters)
{
	enum backing backing;
};

EACH_KIND_OF_WAIT(waiters);

FIXTURE_SETUP(waiters)
{
	struct stage *s = &self->s;
	size_t i;

	CASE_AGENT(AGENT_STORE);
	CASE_STAGE(s, SYNC, variant->backing, 1);
	for (i = 0; i < ARRAY_SIZE(wanted); i++)
		START(s, &self->writer[i], AGENT_STORE, wanted[i], VALUE);
	ASSERT_EVENTS(s, wanted, ARRAY_SIZE(wanted));
	for (i = 0; i < ARRAY_SIZE(wanted); i++)
		EXPECT_BLOCKED(s, &self->writer[i]);
}

FIXTURE_TEARDOWN(waiters)
{
	size_t i;

	stage_close(&self->s);
	for (i = 0; i < ARRAY_SIZE(wanted); i++)
		agent_free(&self->writer[i]);
	stage_clear(&self->s);
}

TEST_F(waiters, unprotecting_wakes_those_whose_page_is_in_it)
{
	COVERS(EV_ALL_WAITERS, WP_RANGE_EXACT, EV_CONTENT_HELD);
	const struct change written[] = {
		{ PAGE * page_size(), VALUE },
		{ (PAGE + 1) * page_size(), VALUE },
		{ FAR * page_size(), VALUE },
	};
	struct stage *s = &self->s;

	ASSERT_OK(stage_unprotect(s, PAGE, PAGE + 1, 0));
	ASSERT_DONE(s, &self->writer[0]);
	ASSERT_DONE(s, &self->writer[1]);
	EXPECT_BLOCKED(s, &self->writer[2]);
	EXPECT_BLOCKED(s, &self->writer[3]);
	EXPECT_NO_EVENT(s);
	EXPECT_CONTENT(s, written, 1);

	ASSERT_OK(stage_unprotect(s, 0, s->region.pages, 0));
	ASSERT_DONE(s, &self->writer[2]);
	ASSERT_DONE(s, &self->writer[3]);
	EXPECT_NO_EVENT(s);
	EXPECT_CONTENT(s, written, ARRAY_SIZE(written));
}

FIXTURE(waiter)
{
	struct stage s;
};

FIXTURE_VARIANT(waiter)
{
	enum backing backing;
};

EACH_KIND_OF_WAIT(waiter);

FIXTURE_SETUP(waiter)
{
	CASE_AGENT(AGENT_STORE);
	CASE_STAGE(&self->s, SYNC, variant->backing, 1);
	START(&self->s, &self->s.writer, AGENT_STORE, PAGE, VALUE);
	ASSERT_EVENT(&self->s, PAGE);
	EXPECT_BLOCKED(&self->s, &self->s.writer);
}

FIXTURE_TEARDOWN(waiter)
{
	stage_clear(&self->s);
}

TEST_F(waiter, dontwake_leaves_the_writer_asleep_until_a_wake)
{
	COVERS(EV_DONTWAKE);
	struct stage *s = &self->s;

	ASSERT_OK(stage_unprotect(s, PAGE, PAGE + 1, UFFDIO_WRITEPROTECT_MODE_DONTWAKE));
	EXPECT_ASLEEP(s, &s->writer);
	LOOK(s, &s->after);
	EXPECT_PAGES(s, &s->after, PAGE, PAGE + 1, PRESENT | WRITTEN, WP);

	ASSERT_OK(stage_wake(s, PAGE, PAGE + 1));
	EXPECT_DONE(s, &s->writer);
	EXPECT_NO_EVENT(s);
}

TEST_F(waiter, wake_without_unprotecting_delivers_the_event_anew)
{
	COVERS(EV_DONTWAKE, EV_ALL_WAITERS, EV_CONTENT_HELD);
	struct stage *s = &self->s;

	ASSERT_OK(stage_wake(s, 0, PAGE));
	ASSERT_OK(stage_wake(s, PAGE + 1, s->region.pages));
	EXPECT_ASLEEP(s, &s->writer);
	EXPECT_NO_EVENT(s);

	ASSERT_OK(stage_wake(s, PAGE, PAGE + 1));
	ASSERT_EVENT(s, PAGE);
	EXPECT_BLOCKED(s, &s->writer);
	LOOK(s, &s->after);
	EXPECT_SAME(s, &s->before, &s->after);

	ASSERT_OK(stage_unprotect(s, PAGE, PAGE + 1, 0));
	EXPECT_DONE(s, &s->writer);
	EXPECT_NO_EVENT(s);
}

FIXTURE(address)
{
	struct stage s;
};

FIXTURE_VARIANT(address)
{
	enum backing backing;
	uint64_t features;
};

FIXTURE_VARIANT_ADD(address, aligned_hugezero) { .backing = HUGE_ZERO };
FIXTURE_VARIANT_ADD(address, exact_hugezero) { .backing = HUGE_ZERO, .features = UFFD_FEATURE_EXACT_ADDRESS };
FIXTURE_VARIANT_ADD(address, exact_base) { .backing = BASE_PAGES, .features = UFFD_FEATURE_EXACT_ADDRESS };

FIXTURE_SETUP(address)
{
	CASE_AGENT(AGENT_STORE);
	ARRANGE(stage_region(&self->s, variant->backing, pmd_pages(), &lack));
	ARRANGE(stage_register(&self->s, SYNC, variant->features, &lack));
	ASSERT_OK(stage_protect(&self->s, 0, self->s.region.pages));
}

FIXTURE_TEARDOWN(address)
{
	stage_clear(&self->s);
}

TEST_F(address, event_at_a_pmds_last_byte_names_its_page_or_byte)
{
	COVERS(EV_ADDRESS, EV_ONE);
	size_t page = pmd_pages() - 1, byte = page_size() - 1;
	struct stage *s = &self->s;

	START_AT(s, &s->writer, AGENT_STORE, page, byte, VALUE);
	EXPECT_EVENT_AT(s, page, variant->features ? byte : 0);
	EXPECT_BLOCKED(s, &s->writer);
	EXPECT_NO_EVENT(s);
}

FIXTURE(bystander)
{
	struct stage s;
};

FIXTURE_VARIANT(bystander)
{
	enum backing backing;
};

BACKING(bystander, hugezero, HUGE_ZERO);
BACKING(bystander, zeroptes, ZERO_PTES);
BACKING(bystander, anonthp, ANON_THP);
BACKING(bystander, unpopulated, UNPOPULATED);

FIXTURE_SETUP(bystander)
{
	CASE_AGENT(AGENT_STORE);
	CASE_REGISTERED(&self->s, SYNC, variant->backing, 1);
	ASSERT_OK(stage_protect(&self->s, PAGE + 1, FAR));
	LOOK(&self->s, &self->s.before);
}

FIXTURE_TEARDOWN(bystander)
{
	stage_clear(&self->s);
}

TEST_F(bystander, stores_on_either_side_of_the_protection_deliver_nothing)
{
	COVERS(EV_ONE, WP_RANGE_EXACT);
	struct stage *s = &self->s;

	ACT(s, AGENT_STORE, PAGE, VALUE);
	ACT(s, AGENT_STORE, FAR, VALUE);
	EXPECT_NO_EVENT(s);
	LOOK(s, &s->after);
	EXPECT_SAME_IN(s, &s->before, &s->after, PAGE + 1, FAR);
}
