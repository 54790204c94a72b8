// SPDX-License-Identifier: GPL-2.0
/*
 * Get-and-protect on one thread, writes on all CPUs, and on another thread what the kernel has to do to the same pages.
 * Why: a live migration collects what a running guest writes, while the machine splits, collapses, moves and swaps its
 * memory. Each write carries a number: at the end it must be in what was collected, or a scan must still report it.
 */
#include "../common/swap.h"
#include "../common/upheaval.h"

/* The swap area is dear to make, and for full runs only. */
#define CASE_PREPARE() do { if (settings_full()) swap_prepare(); } while (0)
#include "duel.h"
#include "storm.h"

#define ground _test_data_storm

FIXTURE(storm)
{
	struct stage s;
	struct storm storm;
	struct duel duel;
	enum upheaval upheaval;
};

FIXTURE_VARIANT(storm)
{
	enum backing backing;
	enum upheaval upheaval;
	int quick;		/* rounds of an ordinary run; 0: left to full ones */
};

/*
 * No migration, nor the swapping of huge pages, which is migration on the way: get-and-protect under it is a bug of its
 * own, which cases/migrate.c shows without luck.
 */
#define STORM(name, back, what, rounds)						\
	FIXTURE_VARIANT_ADD(storm, name) { .backing = back, .upheaval = what, .quick = rounds }

STORM(hugezero_splits, HUGE_ZERO, SPLITS, 0);
STORM(anonthp_splits, ANON_THP, SPLITS, 1);
STORM(hugezero_collapses, HUGE_ZERO, COLLAPSES, 0);
STORM(anonthp_collapses, PTE_THP, COLLAPSES, 0);
STORM(base_collapses, BASE_PAGES, COLLAPSES, 0);
STORM(hugezero_forks, HUGE_ZERO, FORKS, 0);
STORM(anonthp_forks, ANON_THP, FORKS, 0);
STORM(base_forks, BASE_PAGES, FORKS, 0);
STORM(base_swaps, BASE_PAGES, SWAPS_OUT, 0);
STORM(hugezero_registers_again, HUGE_ZERO, REGISTERS_AGAIN, 0);
STORM(anonthp_registers_again, ANON_THP, REGISTERS_AGAIN, 0);
STORM(hugezero_unprotects, HUGE_ZERO, UNPROTECTS, 0);
STORM(anonthp_unprotects, ANON_THP, UNPROTECTS, 0);
STORM(base_unprotects, BASE_PAGES, UNPROTECTS, 0);

#define ROUNDS duel_rounds(variant->quick, 4)
/* In a round. */
#define WRITES (2 * STORM_PAGES)
#define UPHEAVALS 2

FIXTURE_SETUP(storm)
{
	if (!variant->quick)
		FULL_ONLY();
	ARRANGE(upheaval_need(variant->upheaval, &lack));
	CASE_STAGE(&self->s, ASYNC, variant->backing, 1);
	self->upheaval = variant->upheaval;
	ASSERT_OK(storm_start(&self->storm, &self->s.region, storm_all_cpus(), -1));
	snprintf(so_far.act, sizeof(so_far.act), "get-and-protect over and over under stores");
}

FIXTURE_TEARDOWN(storm)
{
	stage_close(&self->s);
	duel_end(&self->duel);
	storm_end(&self->storm);
	stage_clear(&self->s);
}

/* By the fast path and by the generic one in turn, for as long as anybody writes. */
static int collect(void *arg)
{
	struct ground *g = arg;
	uint64_t ret = PAGE_IS_WRITTEN;
	int err = 0;

	storm_blow(&g->storm, WRITES);
	while (!err && !storm_rests(&g->storm)) {
		err = storm_wait(&g->storm, 1, CASE_DEADLINE_MS) ?: storm_collect(&g->storm, ret);
		ret ^= PAGE_IS_HUGE;
	}
	return err;
}

static int happen(void *arg)
{
	struct ground *g = arg;
	int i, err = 0;

	for (i = 0; i < UPHEAVALS && !err; i++)
		err = upheave(g->upheaval, &g->s);
	return err;
}

/* The huge zero page again, where it was at first, protected: what is raced for is its PMD. */
static int refresh(struct ground *g)
{
	struct region *r = &g->s.region;
	int err;

	if (r->backing != HUGE_ZERO)
		return 0;
	err = map_huge_zero_again(r);
	if (err)
		return err;
	storm_forget(&g->storm);
	return stage_protect(&g->s, 0, r->pages);
}

TEST_F(storm, every_write_is_collected)
{
	COVERS(WP_NO_LOST_WRITE, WP_PERSISTS, SC_WP_MATCHING, AS_NO_EVENT);
	struct duel *d = &self->duel;
	int round;

	ASSERT_OK(duel_start(d, collect, happen, self));
	for (round = 0; round < ROUNDS; round++) {
		ASSERT_OK(refresh(self));
		duel_meet(d);
		ASSERT_ENDS(d);
		ASSERT_BLOWS(d->result[0]);
		ASSERT_OK(d->result[1]);
		ASSERT_IN_MEMORY(&self->storm, WP_NO_LOST_WRITE);
		ASSERT_BLOWS(storm_collect(&self->storm, PAGE_IS_WRITTEN));
		ASSERT_NONE_LOST(&self->storm);
	}
	EXPECT_NO_EVENT(&self->s);
	LOOK(&self->s, &self->s.after);
	EXPECT_PAGES(&self->s, &self->s.after, 0, self->s.region.pages, WP, WRITTEN);
}
