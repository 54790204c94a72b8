// SPDX-License-Identifier: GPL-2.0
/*
 * Get-and-protect against threads that write all the time, and protection against a translation that is still warm.
 * Why: a live migration copies what scans report, while the guest runs; the one write that no scan reports is a page
 * that arrives damaged, and nobody can tell.
 */
#include "../common/reader.h"
#include "storm.h"

FIXTURE(race)
{
	struct stage s;
	struct storm storm;
};

FIXTURE_VARIANT(race)
{
	enum backing backing;
	size_t pmds;
	int rounds;
};

FIXTURE_VARIANT_ADD(race, hugezero) { .backing = HUGE_ZERO, .pmds = 2, .rounds = 2 };
FIXTURE_VARIANT_ADD(race, anonthp) { .backing = ANON_THP, .pmds = 1, .rounds = 1 };
FIXTURE_VARIANT_ADD(race, base) { .backing = BASE_PAGES, .pmds = 1, .rounds = 1 };

FIXTURE_SETUP(race)
{
	CASE_STAGE(&self->s, ASYNC, variant->backing, variant->pmds);
	ASSERT_OK(storm_start(&self->storm, &self->s.region, storm_all_cpus(), -1));
	snprintf(so_far.act, sizeof(so_far.act), "get-and-protect over and over under stores");
}

FIXTURE_TEARDOWN(race)
{
	/* A writer that is stuck in its fault goes on then. */
	stage_close(&self->s);
	storm_end(&self->storm);
	stage_clear(&self->s);
}

/* The huge zero page again, where it was at first, every other time protected: what is raced for is its PMD. */
static int refresh(struct stage *s, struct storm *st, int round)
{
	int err;

	if (s->region.backing != HUGE_ZERO)
		return 0;
	err = map_huge_zero_again(&s->region);
	if (err)
		return err;
	storm_forget(st);
	return round % 2 ? stage_protect(s, 0, s->region.pages) : 0;
}

/*
 * Collects while the writer writes, by the fast path and by the generic one in turn, and once more when it rests. Each
 * page is written twice and no more, lest a write that slipped through be made up for by a later one.
 */
static int collect_under_stores(struct storm *st)
{
	uint64_t ret = PAGE_IS_WRITTEN;
	int err;

	storm_blow(st, 2 * STORM_PAGES);
	while (!storm_rests(st)) {
		err = storm_wait(st, 1, CASE_DEADLINE_MS);
		if (!err)
			err = storm_collect(st, ret);
		if (err)
			return err;
		ret ^= PAGE_IS_HUGE;
	}
	return storm_collect(st, PAGE_IS_WRITTEN);
}

static int write_all(struct storm *st)
{
	storm_blow(st, STORM_PAGES);
	return storm_wait(st, STORM_PAGES, CASE_DEADLINE_MS);
}

TEST_F(race, get_and_protect_loses_no_write)
{
	COVERS(SC_WP_MATCHING, WP_NO_LOST_WRITE, AS_NO_EVENT);
	int round;

	for (round = 0; round < variant->rounds; round++) {
		ASSERT_OK(refresh(&self->s, &self->storm, round));
		ASSERT_BLOWS(collect_under_stores(&self->storm));
		ASSERT_NONE_LOST(&self->storm);
	}
	EXPECT_NO_EVENT(&self->s);
}

FIXTURE(warm)
{
	struct stage s;
	struct storm storm;
};

FIXTURE_VARIANT(warm)
{
	enum backing backing;
	bool by_scan;		/* armed, else by UFFDIO_WRITEPROTECT */
};

FIXTURE_VARIANT_ADD(warm, anonthp) { .backing = ANON_THP };
FIXTURE_VARIANT_ADD(warm, anonthp_by_scan) { .backing = ANON_THP, .by_scan = true };
FIXTURE_VARIANT_ADD(warm, base) { .backing = BASE_PAGES };
FIXTURE_VARIANT_ADD(warm, base_by_scan) { .backing = BASE_PAGES, .by_scan = true };

/* The writer has just written: on its CPU the translations allow it to. */
FIXTURE_SETUP(warm)
{
	int cpu = reader_other_cpu();

	if (cpu < 0)
		SKIP(return, "only one CPU: run on two, or with taskset -c 0,1");
	CASE_REGISTERED(&self->s, ASYNC, variant->backing, 1);
	LOOK(&self->s, &self->s.before);
	ASSERT_OK(storm_start(&self->storm, &self->s.region, 1, cpu));
	ASSERT_BLOWS(write_all(&self->storm));
	storm_forget(&self->storm);
	snprintf(so_far.act, sizeof(so_far.act), "a store from CPU %d to each of %d pages, armed just now",
		 cpu, STORM_PAGES);
}

FIXTURE_TEARDOWN(warm)
{
	/* A writer that is stuck in its fault goes on then. */
	stage_close(&self->s);
	storm_end(&self->storm);
	stage_clear(&self->s);
}

TEST_F(warm, write_from_another_cpu_is_reported)
{
	COVERS(WP_NO_LOST_WRITE, WP_NEVER_WRITABLE);
	struct stage *s = &self->s;

	if (variant->by_scan)
		ASSERT_OK(storm_collect(&self->storm, PAGE_IS_WRITTEN));
	else
		ASSERT_OK(stage_protect(s, 0, s->region.pages));
	ASSERT_BLOWS(write_all(&self->storm));
	LOOK(s, &s->after);
	ASSERT_OK(storm_collect(&self->storm, PAGE_IS_WRITTEN));
	EXPECT_NONE_LOST(&self->storm);
}
