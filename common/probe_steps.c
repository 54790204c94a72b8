// SPDX-License-Identifier: GPL-2.0
/*
 * What this kernel does in one step: where one asks for two, a write may come between them and be seen by neither.
 *
 * That a step is there and does both is what can be asked in a moment; that no write slips through is cases/race.c's
 * and its kin's to find out.
 */
#include <sys/mman.h>

#include "../uffd/compiler.h"
#include "probe_ground.h"

/* Nothing mapped, but neighbours are. Asked for WRITTEN and nothing else: the fast way. */
static const char *ask_unpopulated_fast(uint64_t arg __maybe_unused)
{
	struct region r;
	struct uffd u;

	if (!ground_make_base(&r) || ground_watch(&r, ASYNC, &u))
		return NONE;
	return ground_written(ground_count(&r, PAGE, 1, PAGE_IS_WRITTEN));
}

/* Does one PAGEMAP_SCAN tell that page 0 was written and arm it again? */
static bool tells_and_arms(struct region *r)
{
	*r->start = 2;
	return ground_scan(r, 0, PAGE, PAGE_IS_WRITTEN, PAGE_IS_WRITTEN, PM_SCAN_WP_MATCHING) == 1 &&
	       !ground_count(r, 0, PAGE, PAGE_IS_WRITTEN);
}

/* Twice, for the second write is seen only if the first question armed the page. */
static const char *ask_get_and_protect(uint64_t arg __maybe_unused)
{
	struct region r;
	struct uffd u;

	if (!ground_make_base(&r) || ground_arm(&r, ASYNC, &u) || ground_count(&r, 0, 1, PAGE_IS_PRESENT) < 0)
		return NONE;
	return yes_no(tells_and_arms(&r) && tells_and_arms(&r));
}

/* Where nothing is mapped, by one who didn't ask for UFFD_FEATURE_WP_UNPOPULATED. */
static const char *ask_unpopulated_plain(uint64_t arg __maybe_unused)
{
	struct region r;
	struct uffd u;
	uint64_t entry;

	if (!ground_make_base(&r) || ground_arm(&r, SYNC, &u) ||
	    pagemap_read(pagemap_open(0), region_page(&r, PAGE), 1, &entry))
		return NONE;
	return entry & PAGEMAP_UFFD_WP ? "protected" : "skipped";
}

/* Filling a hole and protecting what was filled in. */
static const char *ask_copy_protected(uint64_t arg __maybe_unused)
{
	static const uint64_t modes = UFFDIO_REGISTER_MODE_MISSING | UFFDIO_REGISTER_MODE_WP;
	struct region r;
	struct uffd u;
	uint64_t entry;

	if (!ground_make_base(&r) || ground_open(SYNC, &u) ||
	    uffd_register(&u, r.start, r.pages * page_size(), modes, NULL))
		return NONE;
	if (uffd_copy(&u, region_page(&r, PAGE), r.start, page_size(), UFFDIO_COPY_MODE_WP, NULL) ||
	    pagemap_read(pagemap_open(0), region_page(&r, PAGE), 1, &entry))
		return "no";
	return yes_no(entry & PAGEMAP_UFFD_WP);
}

const struct probe probe_steps[] = {
	{ .name = "scan.unpopulated_fast", .ask = ask_unpopulated_fast },
	{ .name = "step.get_and_protect", .ask = ask_get_and_protect },
	{ .name = "step.copy_protected", .ask = ask_copy_protected },
	{ .name = "wp.unpopulated_plain", .ask = ask_unpopulated_plain },
	{ 0 }
};
