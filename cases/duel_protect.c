// SPDX-License-Identifier: GPL-2.0
/*
 * Protecting and un-protecting while another thread writes, collapses, splits, moves or forks the same pages.
 * Why: each of these looks at an entry, works with the lock released, and must look again; who doesn't puts an entry back
 * that is older than the protection, and what is written from then on nobody hears of.
 */
#include <sys/mman.h>

#include "../common/reshape.h"
#include "../common/swap.h"
#include "../common/upheaval.h"

/* The swap area is dear to make, and for full runs only. */
#define CASE_PREPARE() do { if (settings_full()) swap_prepare(); } while (0)
#include "duel.h"

#define ground _test_data_duel_protect

FIXTURE(duel_protect)
{
	struct stage s;
	struct duel duel;
	uint64_t value;		/* the round's, for who writes */
	enum upheaval upheaval;
	size_t first, end;	/* the pages that are protected and un-protected */
};

static uint64_t *word(struct ground *g)
{
	return (uint64_t *)stage_page(&g->s, g->value * 67 % g->s.region.pages) + 1;
}

static int store(void *arg)
{
	struct ground *g = arg;

	WRITE_ONCE(*word(g), g->value);
	return 0;
}

static int happens(void *arg)
{
	struct ground *g = arg;

	return upheave(g->upheaval, &g->s);
}

static int protect(void *arg)
{
	struct ground *g = arg;

	return stage_protect(&g->s, g->first, g->end);
}

static int unprotect(void *arg)
{
	struct ground *g = arg;

	return stage_unprotect(&g->s, g->first, g->end, 0);
}

FIXTURE_VARIANT(duel_protect)
{
	enum backing backing;
	enum upheaval against;	/* NO_UPHEAVAL: a store */
	enum requirement breaks;	/* what it means if the two don't get along */
	int quick;		/* rounds of an ordinary run; 0: left to full ones */
};

#define AGAINST(name, back, how, id, rounds)					\
	FIXTURE_VARIANT_ADD(duel_protect, name) { .backing = back, .against = how, .breaks = id, .quick = rounds }

AGAINST(store_hugezero, HUGE_ZERO, NO_UPHEAVAL, WP_PERSISTS, 4);
AGAINST(store_unpopulated, UNPOPULATED, NO_UPHEAVAL, WP_PERSISTS, 0);
AGAINST(store_zeroptes, ZERO_PTES, NO_UPHEAVAL, WP_PERSISTS, 0);
AGAINST(store_anonthp, ANON_THP, NO_UPHEAVAL, WP_PERSISTS, 0);
AGAINST(store_base, BASE_PAGES, NO_UPHEAVAL, WP_PERSISTS, 0);
AGAINST(collapse, PTE_THP, COLLAPSES, LC_COLLAPSE, 8);
AGAINST(split_hugezero, HUGE_ZERO, SPLITS, LC_SPLIT, 0);
AGAINST(split_anonthp, ANON_THP, SPLITS, LC_SPLIT, 0);
AGAINST(fork_hugezero, HUGE_ZERO, FORKS, LC_FORK, 0);
AGAINST(fork_anonthp, ANON_THP, FORKS, LC_FORK, 0);
AGAINST(fork_base, BASE_PAGES, FORKS, LC_FORK, 0);
AGAINST(migrate_anonthp, ANON_THP, MIGRATES, LC_MIGRATE, 0);
AGAINST(migrate_base, BASE_PAGES, MIGRATES, LC_MIGRATE, 0);
AGAINST(swap_anonthp, ANON_THP, SWAPS_OUT, LC_SWAP, 0);
AGAINST(swap_base, BASE_PAGES, SWAPS_OUT, LC_SWAP, 0);

/* Moving and swapping take long. */
#define SLOW(against) ((against) == MIGRATES || (against) == SWAPS_OUT)
#define ROUNDS duel_rounds(variant->quick, SLOW(variant->against) ? 10 : 100)

static size_t pages_of(enum backing b)
{
	return b == BASE_PAGES || b == ZERO_PTES ? 64 : pmd_pages();
}

FIXTURE_SETUP(duel_protect)
{
	struct stage *s = &self->s;

	if (!variant->quick)
		FULL_ONLY();
	ARRANGE(upheaval_need(variant->against, &lack));
	self->upheaval = variant->against;
	CASE_REGISTERED_PAGES(s, SYNC, variant->backing, pages_of(variant->backing));
	/* A collapse looks at all pages; one of them is enough to forbid it. */
	self->first = variant->against == COLLAPSES ? 5 : 0;
	self->end = variant->against == COLLAPSES ? 6 : s->region.pages;
}

FIXTURE_TEARDOWN(duel_protect)
{
	/* A writer that is stuck in its fault goes on then. */
	stage_close(&self->s);
	duel_end(&self->duel);
	stage_clear(&self->s);
}

/* What the last round made of the region is undone, and nothing is protected. */
static int refresh(struct ground *g, int round)
{
	struct region *r = &g->s.region;
	int err = stage_unprotect(&g->s, 0, r->pages, 0);

	g->value = round + 1;
	if (!err && (r->backing == HUGE_ZERO || r->backing == UNPOPULATED))
		err = region_advise(r, 0, r->pages, MADV_DONTNEED);
	if (r->backing == HUGE_ZERO)
		READ_ONCE(*r->start);
	if (!err && r->backing == PTE_THP)
		err = region_lock_and_unlock(r, 0, 1);
	return err;
}

/*
 * A writer to an unprotected page of zeroes may sleep on, with its event pending: whether to wait is decided by whether the
 * entry can be written to, and here it never can. Pages with content can, once they are unprotected.
 */
static int wake_who_may_sleep(struct ground *g)
{
	enum backing b = g->s.region.backing;

	return b == ANON_THP || b == BASE_PAGES ? 0 : stage_wake(&g->s, 0, g->s.region.pages);
}

static bool written(struct ground *g)
{
	return g->upheaval != NO_UPHEAVAL || READ_ONCE(*word(g)) == g->value;
}

TEST_F(duel_protect, a_call_that_is_back_has_protected_each_page)
{
	COVERS(WP_PERSISTS, LC_COLLAPSE, LC_SPLIT, LC_FORK, LC_MIGRATE, LC_SWAP, WP_RANGE_EXACT);
	struct duel *d = &self->duel;
	struct stage *s = &self->s;
	int round;

	ASSERT_OK(duel_start(d, protect, self->upheaval ? happens : store, self));
	for (round = 0; round < ROUNDS; round++) {
		ASSERT_OK(refresh(self, round));
		duel_meet(d);
		ASSERT_OK(d->result[0]);
		ASSERT_RESTS_OR_DELIVERS(s, d);
		ASSERT_PROTECTED(s, self->end - self->first, d->round, variant->breaks);
		ASSERT_OK(unprotect(self));
		ASSERT_ENDS(d);
		OR_LEAVE(EXPECT_THAT(written(self), LOST, "the store of round %d in memory", round));
	}
}

TEST_F(duel_protect, a_call_that_is_back_has_unprotected_each_page)
{
	COVERS(EV_ALL_WAITERS, LC_COLLAPSE, LC_SPLIT, LC_FORK, LC_MIGRATE, LC_SWAP, WP_RANGE_EXACT);
	struct duel *d = &self->duel;
	struct stage *s = &self->s;
	int round;

	ASSERT_OK(duel_start(d, unprotect, self->upheaval ? happens : store, self));
	for (round = 0; round < ROUNDS; round++) {
		ASSERT_OK(refresh(self, round));
		ASSERT_OK(protect(self));
		duel_meet(d);
		ASSERT_OK(d->result[0]);
		ASSERT_RESTS_OR_DELIVERS(s, d);
		ASSERT_PROTECTED(s, 0, d->round, variant->breaks);
		ASSERT_OK(wake_who_may_sleep(self));
		ASSERT_ENDS(d);
		OR_LEAVE(EXPECT_THAT(written(self), LOST, "the store of round %d in memory", round));
	}
}
