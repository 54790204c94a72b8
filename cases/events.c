// SPDX-License-Identifier: GPL-2.0
/*
 * Writers that wait: which events they deliver, what wakes them, and what is left when the descriptor goes.
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

TEST_F(waiters, unprotecting_a_page_wakes_its_writers_only)
{
	COVERS(EV_ALL_WAITERS, WP_RANGE_EXACT);
	struct stage *s = &self->s;

	ASSERT_OK(stage_unprotect(s, PAGE, PAGE + 1, 0));
	ASSERT_DONE(s, &self->writer[0]);
	ASSERT_DONE(s, &self->writer[1]);

	EXPECT_BLOCKED(s, &self->writer[2]);
	EXPECT_BLOCKED(s, &self->writer[3]);
	EXPECT_NO_EVENT(s);
	EXPECT_WRITTEN_ONLY(s, AGENT_STORE, PAGE, VALUE);
}

TEST_F(waiters, unprotecting_the_pmd_wakes_all)
{
	COVERS(EV_ALL_WAITERS, EV_CONTENT_HELD);
	const struct change written[] = {
		{ PAGE * page_size(), VALUE },
		{ (PAGE + 1) * page_size(), VALUE },
		{ FAR * page_size(), VALUE },
	};
	struct stage *s = &self->s;
	size_t i;

	ASSERT_OK(stage_unprotect(s, 0, s->region.pages, 0));
	for (i = 0; i < ARRAY_SIZE(wanted); i++)
		EXPECT_DONE(s, &self->writer[i]);

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

TEST_F(waiter, wake_of_another_page_leaves_the_writer_asleep)
{
	COVERS(EV_ALL_WAITERS, EV_DONTWAKE);
	struct stage *s = &self->s;

	ASSERT_OK(stage_wake(s, 0, PAGE));
	EXPECT_ASLEEP(s, &s->writer);
	ASSERT_OK(stage_wake(s, PAGE + 1, s->region.pages));
	EXPECT_ASLEEP(s, &s->writer);
	EXPECT_NO_EVENT(s);
}

TEST_F(waiter, wake_without_unprotecting_delivers_the_event_anew)
{
	COVERS(EV_DONTWAKE, EV_CONTENT_HELD);
	struct stage *s = &self->s;

	ASSERT_OK(stage_wake(s, PAGE, PAGE + 1));
	ASSERT_EVENT(s, PAGE);
	EXPECT_BLOCKED(s, &s->writer);
	LOOK(s, &s->after);
	EXPECT_SAME(s, &s->before, &s->after);

	ASSERT_OK(stage_unprotect(s, PAGE, PAGE + 1, 0));
	EXPECT_DONE(s, &s->writer);
	EXPECT_NO_EVENT(s);
}

TEST_F(waiter, unregistering_wakes_the_writer)
{
	COVERS(EV_CLOSE);
	struct stage *s = &self->s;

	ACT_BY(stage_unregister(s));
	EXPECT_WOKEN(s, &s->writer);
}

FIXTURE(address)
{
	struct stage s;
	size_t page;
	size_t offset;
};

FIXTURE_VARIANT(address)
{
	enum backing backing;
	uint64_t features;
	bool last;		/* of the PMD, else an odd byte in its middle */
};

#define ADDRESS(name, back, is_last)						\
	FIXTURE_VARIANT_ADD(address, aligned_##name) { .backing = back, .last = is_last }; \
	FIXTURE_VARIANT_ADD(address, exact_##name)				\
	{ .backing = back, .features = UFFD_FEATURE_EXACT_ADDRESS, .last = is_last }

ADDRESS(hugezero_middle, HUGE_ZERO, false);
ADDRESS(hugezero_last_byte, HUGE_ZERO, true);
ADDRESS(base_last_byte, BASE_PAGES, true);

FIXTURE_SETUP(address)
{
	self->page = variant->last ? pmd_pages() - 1 : PAGE;
	self->offset = variant->last ? page_size() - 1 : 123;
	CASE_AGENT(AGENT_STORE);
	ARRANGE(stage_region(&self->s, variant->backing, 1, &lack));
	ARRANGE(stage_register(&self->s, SYNC, variant->features, &lack));
	ASSERT_OK(stage_protect(&self->s, 0, self->s.region.pages));
}

FIXTURE_TEARDOWN(address)
{
	stage_clear(&self->s);
}

TEST_F(address, event_names_the_touched_page_or_byte)
{
	COVERS(EV_ADDRESS, EV_ONE);
	struct stage *s = &self->s;

	START_AT(s, &s->writer, AGENT_STORE, self->page, self->offset, VALUE);
	EXPECT_EVENT_AT(s, self->page, variant->features ? self->offset : 0);
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

EACH_BACKING(bystander);

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

/* How protection is given up. */
static int by_closing(struct stage *s)
{
	stage_close(s);
	return 0;
}

/* Not every kernel wakes who waits there, see waiter.unregistering_wakes_the_writer; here it is done by hand. */
static int by_unregistering(struct stage *s)
{
	int err = stage_unregister(s);

	return err ? err : stage_wake(s, 0, s->region.pages);
}

FIXTURE(leaving)
{
	struct stage s;
};

FIXTURE_VARIANT(leaving)
{
	enum backing backing;
	int (*leave)(struct stage *s);
};

#define LEAVING(name, back)							\
	FIXTURE_VARIANT_ADD(leaving, name##_closed) { .backing = back, .leave = by_closing }; \
	FIXTURE_VARIANT_ADD(leaving, name##_unregistered) { .backing = back, .leave = by_unregistering }

LEAVING(hugezero, HUGE_ZERO);
LEAVING(zeroptes, ZERO_PTES);
LEAVING(anonthp, ANON_THP);
LEAVING(ptethp, PTE_THP);
LEAVING(base, BASE_PAGES);
LEAVING(unpopulated, UNPOPULATED);

FIXTURE_SETUP(leaving)
{
	const size_t both[] = { PAGE, FAR };
	struct stage *s = &self->s;

	CASE_AGENT(AGENT_STORE);
	CASE_STAGE(s, SYNC, variant->backing, 1);
	START(s, &s->writer, AGENT_STORE, PAGE, VALUE);
	START(s, &s->second, AGENT_STORE, FAR, VALUE);
	ASSERT_EVENTS(s, both, 2);
	EXPECT_BLOCKED(s, &s->writer);
	EXPECT_BLOCKED(s, &s->second);
}

FIXTURE_TEARDOWN(leaving)
{
	stage_clear(&self->s);
}

TEST_F(leaving, writers_go_on_and_no_protection_stays)
{
	COVERS(EV_CLOSE);
	const struct change written[] = { { PAGE * page_size(), VALUE }, { FAR * page_size(), VALUE } };
	struct stage *s = &self->s;

	ACT_BY(variant->leave(s));
	ASSERT_DONE(s, &s->writer);
	ASSERT_DONE(s, &s->second);
	LOOK(s, &s->after);
	EXPECT_PAGES(s, &s->after, 0, s->region.pages, 0, WP);

	stage_close(s);
	ARRANGE(stage_register(s, SYNC, 0, &lack));
	LOOK(s, &s->after);
	EXPECT_PAGES(s, &s->after, 0, s->region.pages, 0, WP);
	EXPECT_CONTENT(s, written, ARRAY_SIZE(written));
}
