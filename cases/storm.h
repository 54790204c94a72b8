/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Checks of the cases in which threads write all the time (common/storm.h).
 */
#ifndef CASES_STORM_H
#define CASES_STORM_H

#include <sys/mman.h>

#include "../common/reshape.h"
#include "../common/storm.h"
#include "case.h"

/* A stuck writer is a HANG, not a call that failed. */
#define ASSERT_BLOWS(call) OR_LEAVE(check_blows(HERE, #call, call))
#define EXPECT_NONE_LOST(storm) check_none_lost(HERE, storm)
#define ASSERT_NONE_LOST(storm) OR_LEAVE(check_none_lost(HERE, storm))

/* What was written last is in memory. */
#define ASSERT_IN_MEMORY(storm, id) OR_LEAVE(check_in_memory(HERE, storm, id))

/* The huge zero page again, where it was at first: what is raced for is its PMD. */
static int __maybe_unused map_huge_zero_again(const struct region *r)
{
	size_t pmd;
	int err = region_advise(r, 0, r->pages, MADV_DONTNEED);

	for (pmd = 0; pmd < r->pmds && !err; pmd++)
		READ_ONCE(*region_page(r, pmd * pmd_pages()));
	return err;
}

static bool __maybe_unused check_blows(const struct place *at, const char *call, int result)
{
	if (result != -ETIMEDOUT)
		return check_ok(at, call, result);
	return check_charge(at, REQUIREMENT_NONE, HANG, "the writers to go on; they were stuck for %d s",
			   CASE_DEADLINE_MS / 1000);
}

static bool __maybe_unused check_none_lost(const struct place *at, const struct storm *st)
{
	struct storm_loss loss;

	if (!storm_lost(st, &loss))
		return true;
	return check_charge(at, REQUIREMENT_NONE, LOST,
			   "every write reported; page %zu holds write %llu of thread %zu, collected of it was %llu, of %llu in all",
			   loss.page, (unsigned long long)loss.there, loss.writer,
			   (unsigned long long)loss.collected, (unsigned long long)loss.written);
}

static bool __maybe_unused check_in_memory(const struct place *at, const struct storm *st,
					   enum requirement id)
{
	struct storm_loss loss;

	if (!storm_undone(st, &loss))
		return true;
	return check_charge(at, id, LOST,
			   "page %zu to hold write %llu of thread %zu; it holds %llu, of %llu in all", loss.page,
			   (unsigned long long)loss.collected, loss.writer, (unsigned long long)loss.there,
			   (unsigned long long)loss.written);
}

#endif /* CASES_STORM_H */
