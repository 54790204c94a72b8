// SPDX-License-Identifier: GPL-2.0
/*
 * Writers on all CPUs that block at protected pages, a manager that un-protects page by page what it is asked for, and
 * on another thread what may happen to the same pages.
 * Why: a writer that is woken too early must ask again, one that isn't woken sleeps for ever, and a snapshot or a
 * collector that waits for a lost event stops the whole program.
 */
#include "../common/swap.h"
#include "../common/upheaval.h"

/* The swap area is dear to make, and for full runs only. */
#define CASE_PREPARE() do { if (settings_full()) swap_prepare(); } while (0)
#include "duel.h"
#include "storm.h"

#define ground _test_data_storm_sync

FIXTURE(storm_sync)
{
	struct stage s;
	struct storm storm;
	struct duel duel;
	enum upheaval upheaval;
};

FIXTURE_VARIANT(storm_sync)
{
	enum backing backing;
	enum upheaval upheaval;
	int quick;		/* rounds of an ordinary run; 0: left to full ones */
};

#define STORM(name, back, what, rounds)						\
	FIXTURE_VARIANT_ADD(storm_sync, name) { .backing = back, .upheaval = what, .quick = rounds }

STORM(hugezero_alone, HUGE_ZERO, NO_UPHEAVAL, 0);
STORM(hugezero_protects, HUGE_ZERO, PROTECTS, 1);
STORM(anonthp_protects, ANON_THP, PROTECTS, 0);
STORM(base_protects, BASE_PAGES, PROTECTS, 0);
STORM(hugezero_unprotects, HUGE_ZERO, UNPROTECTS, 0);
STORM(base_unprotects, BASE_PAGES, UNPROTECTS, 0);
STORM(hugezero_splits, HUGE_ZERO, SPLITS, 0);
STORM(anonthp_splits, ANON_THP, SPLITS, 0);
STORM(anonthp_collapses, ANON_THP, COLLAPSES, 0);
STORM(base_collapses, BASE_PAGES, COLLAPSES, 0);
STORM(anonthp_migrates, ANON_THP, MIGRATES, 0);
STORM(base_migrates, BASE_PAGES, MIGRATES, 0);
STORM(hugezero_forks, HUGE_ZERO, FORKS, 0);
STORM(base_forks, BASE_PAGES, FORKS, 0);
STORM(anonthp_swaps, ANON_THP, SWAPS_OUT, 0);
STORM(base_swaps, BASE_PAGES, SWAPS_OUT, 0);

#define ROUNDS duel_rounds(variant->quick, 4)
#define UPHEAVALS 2

static size_t pages_of(enum backing b)
{
	return b == BASE_PAGES ? 128 : pmd_pages();
}

FIXTURE_SETUP(storm_sync)
{
	if (!variant->quick)
		FULL_ONLY();
	ARRANGE(upheaval_need(variant->upheaval, &lack));
	CASE_STAGE_PAGES(&self->s, SYNC, variant->backing, pages_of(variant->backing));
	self->upheaval = variant->upheaval;
	ASSERT_OK(storm_start(&self->storm, &self->s.region, storm_all_cpus(), -1));
	snprintf(so_far.act, sizeof(so_far.act), "stores to protected pages, each un-protected when its event comes");
}

FIXTURE_TEARDOWN(storm_sync)
{
	/* Who is stuck in a fault goes on then. */
	stage_close(&self->s);
	duel_end(&self->duel);
	storm_end(&self->storm);
	stage_clear(&self->s);
}

static int blow(void *arg)
{
	struct ground *g = arg;

	storm_blow(&g->storm, STORM_PAGES);
	return storm_wait(&g->storm, STORM_WRITERS * STORM_PAGES, CASE_DEADLINE_MS);
}

static int happen(void *arg)
{
	struct ground *g = arg;
	int i, err = 0;

	for (i = 0; i < UPHEAVALS && !err; i++)
		err = upheave(g->upheaval, &g->s);
	return err;
}

/* The huge zero page again, where it was at first; all protected. */
static int refresh(struct ground *g)
{
	struct region *r = &g->s.region;
	int err = r->backing == HUGE_ZERO ? map_huge_zero_again(r) : 0;

	return err ? err : stage_protect(&g->s, 0, r->pages);
}

TEST_F(storm_sync, every_writer_goes_on)
{
	COVERS(EV_ALL_WAITERS, EV_CONTENT_HELD, WP_PERSISTS);
	struct duel *d = &self->duel;
	struct stage *s = &self->s;
	int round;

	ASSERT_OK(pump_start(&s->pump, PUMP_UNPROTECT));
	ASSERT_OK(duel_start(d, blow, happen, self));
	for (round = 0; round < ROUNDS; round++) {
		ASSERT_OK(refresh(self));
		duel_meet(d);
		ASSERT_BLOWS(d->result[0]);
		ASSERT_ENDS(d);
		ASSERT_OK(d->result[1]);
		ASSERT_IN_MEMORY(&self->storm, EV_CONTENT_HELD);
	}
	ASSERT_OK(pump_stop(&s->pump));
}
