// SPDX-License-Identifier: GPL-2.0
/*
 * What this kernel means: behaviours that differ between kernels which offer the same interface.
 */
#include <sys/mman.h>

#include "../uffd/compiler.h"
#include "host.h"
#include "probe_ground.h"

static bool has_pfnzero(const struct region *r)
{
	return ground_count(r, 0, r->pages, PAGE_IS_PFNZERO | PAGE_IS_HUGE) == (long)r->pages;
}

/*
 * One PMD that maps the huge zero page. Some kernels don't report PFNZERO there: then it is what is huge, but not
 * counted among the anonymous huge pages.
 */
static bool make_huge_zero(struct region *r)
{
	struct view_smaps smaps;

	if (region_make(r, UNPOPULATED, 1))
		return false;
	(void)READ_ONCE(*r->start);
	if (has_pfnzero(r))
		return true;
	return ground_is_huge(r) && !host_smaps(r->start, r->pages * page_size(), &smaps) && !smaps.anon_huge;
}

static bool make_thp(struct region *r)
{
	if (region_make(r, UNPOPULATED, 1))
		return false;
	*r->start = 1;
	return ground_is_huge(r);
}

static bool can_scan(void)
{
	struct region here = { .start = (char *)page_size() };

	/* Any address does: nothing is mapped there. */
	return ground_count(&here, 0, 1, PAGE_IS_PRESENT) >= 0;
}

static const char *ask_scan(uint64_t arg __maybe_unused)
{
	return yes_no(can_scan());
}

static const char *ask_huge_zero(uint64_t arg __maybe_unused)
{
	struct region r;

	return can_scan() ? yes_no(make_huge_zero(&r)) : NONE;
}

static const char *ask_anon_thp(uint64_t arg __maybe_unused)
{
	struct region r;

	return can_scan() ? yes_no(make_thp(&r)) : NONE;
}

static const char *after_store(struct region *r)
{
	*region_page(r, PAGE) = 1;
	return ground_is_huge(r) ? "thp" : "split";
}

static const char *ask_async_first_write(uint64_t arg __maybe_unused)
{
	struct region r;
	struct uffd u;

	if (!make_huge_zero(&r) || ground_arm(&r, ASYNC, &u))
		return NONE;
	return after_store(&r);
}

/* Un-protected before the store, so that nobody has to answer an event: what is written to is the same. */
static const char *ask_sync_retry(uint64_t arg __maybe_unused)
{
	struct region r;
	struct uffd u;

	if (!make_huge_zero(&r) || ground_arm(&r, SYNC, &u) || !ground_is_huge(&r) ||
	    uffd_writeprotect(&u, r.start, r.pages * page_size(), 0))
		return NONE;
	return after_store(&r);
}

/* Nothing mapped, but neighbours are: in its page table's own walk. Asked for more than WRITTEN: the generic way. */
static const char *ask_unpopulated_generic(uint64_t arg __maybe_unused)
{
	struct region r;
	struct uffd u;

	if (!ground_make_base(&r) || ground_watch(&r, ASYNC, &u))
		return NONE;
	return ground_written(ground_count(&r, PAGE, 1, PAGE_IS_WRITTEN | PAGE_IS_WPALLOWED));
}

static const char *ask_unregistered(uint64_t arg __maybe_unused)
{
	struct region r;

	return ground_make_base(&r) ? ground_written(ground_count(&r, 0, 1, PAGE_IS_WRITTEN)) : NONE;
}

static const char *ask_pfnzero_huge(uint64_t arg __maybe_unused)
{
	struct region r;

	if (!make_huge_zero(&r))
		return NONE;
	return has_pfnzero(&r) ? "present" : "absent";
}

/* Whatever huge mapping a read gives: of interest is what stands there once it is dropped. */
static const char *ask_dropped_pmd(uint64_t arg __maybe_unused)
{
	struct region r;
	struct uffd u;

	if (region_make(&r, UNPOPULATED, 1))
		return NONE;
	(void)READ_ONCE(*r.start);
	if (!ground_is_huge(&r) || ground_arm(&r, ASYNC, &u) ||
	    madvise(r.start, r.pages * page_size(), MADV_DONTNEED))
		return NONE;
	return ground_written(ground_count(&r, 0, r.pages, PAGE_IS_WRITTEN));
}

const struct probe probe_meaning[] = {
	{ .name = "ioctl.pagemap_scan", .ask = ask_scan },
	{ .name = "thp.huge_zero", .ask = ask_huge_zero },
	{ .name = "thp.anon", .ask = ask_anon_thp },
	{ .name = "async.hugezero_first_write", .ask = ask_async_first_write },
	{ .name = "sync.hugezero_retry", .ask = ask_sync_retry },
	{ .name = "scan.unpopulated_generic", .ask = ask_unpopulated_generic },
	{ .name = "scan.unregistered", .ask = ask_unregistered },
	{ .name = "scan.pfnzero_huge", .ask = ask_pfnzero_huge },
	{ .name = "scan.dropped_pmd", .ask = ask_dropped_pmd },
	{ 0 }
};
