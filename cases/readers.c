// SPDX-License-Identifier: GPL-2.0
/*
 * Reads by other means than a load: nothing changes, nobody is told, and the first write afterwards is caught.
 * Why: a tracker that counts reads as writes copies too much, and one that loses protection by them copies too little.
 */
#include "case.h"
#include "variants.h"

#define PAGE 5
#define VALUE 0xa5

FIXTURE(reader)
{
	struct stage s;
};

FIXTURE_VARIANT(reader)
{
	enum backing backing;
	enum agent_kind reader;
	enum region_mode mode;
	bool full;
};

#define READS(name, back, agent, how) \
	FIXTURE_VARIANT_ADD(reader, name) { .backing = back, .reader = agent, .mode = how }
#define FULL_READS(name, back, agent, how) \
	FIXTURE_VARIANT_ADD(reader, name) { .backing = back, .reader = agent, .mode = how, .full = true }

READS(hugezero_direct_write, HUGE_ZERO, AGENT_DIRECT_WRITE, SYNC);
READS(hugezero_uring_write, HUGE_ZERO, AGENT_URING_WRITE, SYNC);
READS(hugezero_peek, HUGE_ZERO, AGENT_PEEK, SYNC);
READS(hugezero_async_peek, HUGE_ZERO, AGENT_PEEK, ASYNC);
READS(unpopulated_peek, UNPOPULATED, AGENT_PEEK, SYNC);
READS(unpopulated_async_uring_write, UNPOPULATED, AGENT_URING_WRITE, ASYNC);
FULL_READS(hugezero_async_direct_write, HUGE_ZERO, AGENT_DIRECT_WRITE, ASYNC);
FULL_READS(hugezero_async_uring_write, HUGE_ZERO, AGENT_URING_WRITE, ASYNC);
FULL_READS(hugezero_vmsplice, HUGE_ZERO, AGENT_VMSPLICE_FROM, SYNC);
FULL_READS(hugezero_async_vmsplice, HUGE_ZERO, AGENT_VMSPLICE_FROM, ASYNC);
FULL_READS(unpopulated_vmsplice, UNPOPULATED, AGENT_VMSPLICE_FROM, SYNC);
FULL_READS(unpopulated_direct_write, UNPOPULATED, AGENT_DIRECT_WRITE, SYNC);
FULL_READS(unpopulated_futex_wait, UNPOPULATED, AGENT_FUTEX_WAIT, SYNC);
FULL_READS(unpopulated_populate_read, UNPOPULATED, AGENT_POPULATE_READ, ASYNC);
FULL_READS(anonthp_direct_write, ANON_THP, AGENT_DIRECT_WRITE, SYNC);
FULL_READS(anonthp_async_peek, ANON_THP, AGENT_PEEK, ASYNC);
FULL_READS(ptethp_vmsplice, PTE_THP, AGENT_VMSPLICE_FROM, ASYNC);
FULL_READS(base_peek, BASE_PAGES, AGENT_PEEK, SYNC);
FULL_READS(zeroptes_direct_write, ZERO_PTES, AGENT_DIRECT_WRITE, SYNC);
FULL_READS(zeroptes_send, ZERO_PTES, AGENT_SEND, ASYNC);

FIXTURE_SETUP(reader)
{
	if (variant->full)
		FULL_ONLY();
	CASE_AGENT(variant->reader);
	CASE_STAGE_PAGES(&self->s, variant->mode, variant->backing, matrix_pages(variant->backing));
}

FIXTURE_TEARDOWN(reader)
{
	stage_clear(&self->s);
}

TEST_F(reader, changes_nothing_and_the_next_store_is_seen)
{
	COVERS(WP_READ_KEEPS, WP_POPULATE_KEEPS);
	struct stage *s = &self->s;

	START(s, &s->second, variant->reader, PAGE, 0);
	ASSERT_DONE(s, &s->second);
	EXPECT_NO_EVENT(s);
	LOOK(s, &s->after);
	EXPECT_HELD(s, &s->before, &s->after, PAGE);
	EXPECT_THAT(s->second.value == region_pattern(&s->region, PAGE), LOST, "0x%02x to be read; it is 0x%02x",
		    region_pattern(&s->region, PAGE), s->second.value);

	START(s, &s->writer, AGENT_STORE, PAGE, VALUE);
	if (variant->mode == SYNC) {
		EXPECT_EVENT(s, PAGE);
		EXPECT_BLOCKED(s, &s->writer);
		return;
	}
	ASSERT_DONE(s, &s->writer);
	LOOK(s, &s->after);
	EXPECT_PAGES(s, &s->after, PAGE, PAGE + 1, PRESENT | WRITTEN, WP);
	EXPECT_WRITTEN_ONLY(s, AGENT_STORE, PAGE, VALUE);
}
