// SPDX-License-Identifier: GPL-2.0
/*
 * Two first writes to the same memory at the same moment.
 * Why: each finds nothing to write to yet, gets memory of its own, and only one of the two may be mapped; a fault that
 * doesn't look again throws the other's write away, after it was done.
 */
#include <sys/mman.h>

#include "../common/reshape.h"
#include "duel.h"

#define ground _test_data_duel_write

FIXTURE(duel_write)
{
	struct stage s;
	struct duel duel;
	uint64_t value;		/* the round's */
	size_t page[2];
	bool drop;		/* what is there, before a round */
};

FIXTURE_VARIANT(duel_write)
{
	enum backing backing;
	enum region_mode mode;
	bool armed;
	bool holes;		/* nothing is populated again after a round */
	int quick;		/* rounds of an ordinary run; 0: left to full ones */
};

#define WRITERS(name, back, how, arm, rounds)					\
	FIXTURE_VARIANT_ADD(duel_write, name) { .backing = back, .mode = how, .armed = arm, .quick = rounds }

WRITERS(hugezero, HUGE_ZERO, SYNC, false, 4);
WRITERS(hugezero_async, HUGE_ZERO, ASYNC, true, 4);
WRITERS(hugezero_async_bare, HUGE_ZERO, ASYNC, false, 0);
WRITERS(unpopulated, UNPOPULATED, SYNC, false, 0);
WRITERS(unpopulated_async, UNPOPULATED, ASYNC, true, 0);
WRITERS(zeroptes, ZERO_PTES, SYNC, false, 0);
WRITERS(zeroptes_async, ZERO_PTES, ASYNC, true, 0);
WRITERS(anonthp_async, ANON_THP, ASYNC, true, 0);
WRITERS(base_async, BASE_PAGES, ASYNC, true, 0);

/* Where no huge page may be. */
#define HOLES(name, how, arm)							\
	FIXTURE_VARIANT_ADD(duel_write, name)					\
		{ .backing = BASE_PAGES, .mode = how, .armed = arm, .holes = true }

HOLES(holes, SYNC, false);
HOLES(holes_async, ASYNC, true);

#define ROUNDS duel_rounds(variant->quick, 50)

/* A page that was written to. */
#define MINE (PRESENT | ANON | WRITTEN)

static size_t pages_of(enum backing b)
{
	return b == BASE_PAGES || b == ZERO_PTES ? 64 : pmd_pages();
}

FIXTURE_SETUP(duel_write)
{
	if (!variant->quick)
		FULL_ONLY();
	self->drop = variant->holes || (variant->backing != BASE_PAGES && variant->backing != ANON_THP);
	CASE_REGISTERED_PAGES(&self->s, variant->mode, variant->backing, pages_of(variant->backing));
}

FIXTURE_TEARDOWN(duel_write)
{
	/* A writer that is stuck in its fault goes on then. */
	stage_close(&self->s);
	duel_end(&self->duel);
	stage_clear(&self->s);
}

/* Each writer has words of its own, for they may meet in one page. */
static uint64_t *word(struct ground *g, int who)
{
	return (uint64_t *)stage_page(&g->s, g->page[who]) + 1 + who;
}

static int store_one(void *arg)
{
	struct ground *g = arg;

	WRITE_ONCE(*word(g, 0), g->value);
	return 0;
}

static int store_other(void *arg)
{
	struct ground *g = arg;

	WRITE_ONCE(*word(g, 1), g->value);
	return 0;
}

/* The backing as it was at first, but for content; two pages, in every fourth round the same one. */
static int refresh(struct ground *g, int round, bool arm)
{
	struct region *r = &g->s.region;
	int err = 0;

	if (g->drop)
		err = region_advise(r, 0, r->pages, MADV_DONTNEED);
	if (r->backing == HUGE_ZERO || r->backing == ZERO_PTES)
		region_check(r, NULL, 0);
	g->value = round + 1;
	g->page[0] = round * 67 % r->pages;
	g->page[1] = (g->page[0] + round % 4) % r->pages;
	return err || !arm ? err : stage_protect(&g->s, 0, r->pages);
}

static bool wrote(struct ground *g, int who)
{
	return READ_ONCE(*word(g, who)) == g->value;
}

TEST_F(duel_write, both_writes_are_in_memory_and_count)
{
	COVERS(WP_NO_LOST_WRITE, HZ_SYNC_THP, AS_RESOLVES, AS_NO_EVENT);
	struct duel *d = &self->duel;
	struct stage *s = &self->s;
	int round;

	ASSERT_OK(duel_start(d, store_one, store_other, self));
	for (round = 0; round < ROUNDS; round++) {
		ASSERT_OK(refresh(self, round, variant->armed));
		duel_meet(d);
		ASSERT_ENDS(d);
		OR_LEAVE(EXPECT_THAT(wrote(self, 0) && wrote(self, 1), LOST,
				     "what both wrote in round %d in pages %zu and %zu; missing is that of %s", round,
				     self->page[0], self->page[1], wrote(self, 0) ? "the second" : "the first"));
		LOOK(s, &s->after);
		OR_LEAVE(EXPECT_PAGES(s, &s->after, self->page[0], self->page[0] + 1, MINE, WP | ZERO) &&
			 EXPECT_PAGES(s, &s->after, self->page[1], self->page[1] + 1, MINE, WP | ZERO));
	}
	EXPECT_NO_EVENT(s);
}
