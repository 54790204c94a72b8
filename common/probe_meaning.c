// SPDX-License-Identifier: GPL-2.0
/*
 * What this kernel means: behaviours that differ between kernels which offer the same interface.
 */
#include <errno.h>
#include <sys/mman.h>

#include "../uffd/compiler.h"
#include "../uffd/scan.h"
#include "../uffd/uffd.h"
#include "host.h"
#include "probe.h"
#include "region.h"

/* The page that the questions look at; not the first, which is where a store would be expected. */
#define PAGE 5

/* Of @pages pages from @page on, how many does PAGEMAP_SCAN report for @mask; negative errno. */
static long count(const struct region *r, size_t page, size_t pages, uint64_t mask)
{
	struct page_region vec[4];
	struct scan s = {
		.start = region_page(r, page),
		.len = pages * page_size(),
		.mask = mask,
		.ret = mask,
		.vec = vec,
		.vec_len = 4,
	};
	int fd = pagemap_open(0);
	int got = fd < 0 ? fd : scan_once(fd, &s);
	long sum = 0;
	int i;

	for (i = 0; i < got; i++)
		sum += (vec[i].end - vec[i].start) / page_size();
	return got < 0 ? got : sum;
}

static bool is_huge(const struct region *r)
{
	return count(r, 0, r->pages, PAGE_IS_PRESENT | PAGE_IS_HUGE) == (long)r->pages;
}

static bool has_pfnzero(const struct region *r)
{
	return count(r, 0, r->pages, PAGE_IS_PFNZERO | PAGE_IS_HUGE) == (long)r->pages;
}

static const char *written(long pages)
{
	return pages < 0 ? NONE : pages ? "written" : "unwritten";
}

/* Registers @r for write protection; the descriptor stays open until the child ends. */
static int watch(struct region *r, enum region_mode mode, struct uffd *u)
{
	uint64_t features = UFFD_FEATURE_PAGEFAULT_FLAG_WP;
	int err;

	if (mode == ASYNC)
		features |= UFFD_FEATURE_WP_ASYNC | UFFD_FEATURE_WP_UNPOPULATED;
	err = uffd_open(u, features, NULL);
	if (!err)
		err = uffd_register(u, r->start, r->pages * page_size(), UFFDIO_REGISTER_MODE_WP, NULL);
	r->mode = mode;
	return err;
}

static int protect(struct region *r, struct uffd *u, bool on)
{
	return uffd_writeprotect(u, r->start, r->pages * page_size(),
				 on ? UFFDIO_WRITEPROTECT_MODE_WP : 0);
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
	return is_huge(r) && !host_smaps(r->start, r->pages * page_size(), &smaps) && !smaps.anon_huge;
}

/* One PMD of which the first PAGE pages are base pages that were written, and the others nothing. */
static bool make_base(struct region *r)
{
	size_t page;

	if (region_make(r, UNPOPULATED, 1) ||
	    (madvise(r->start, r->pages * page_size(), MADV_NOHUGEPAGE) && errno != EINVAL))
		return false;
	for (page = 0; page < PAGE; page++)
		*region_page(r, page) = 1;
	return true;
}

static bool make_thp(struct region *r)
{
	if (region_make(r, UNPOPULATED, 1))
		return false;
	*r->start = 1;
	return is_huge(r);
}

static bool can_scan(void)
{
	struct region here = { .start = (char *)page_size() };

	/* Any address does: nothing is mapped there. */
	return count(&here, 0, 1, PAGE_IS_PRESENT) >= 0;
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
	return is_huge(r) ? "thp" : "split";
}

static const char *ask_async_first_write(uint64_t arg __maybe_unused)
{
	struct region r;
	struct uffd u;

	if (!make_huge_zero(&r) || watch(&r, ASYNC, &u) || protect(&r, &u, true))
		return NONE;
	return after_store(&r);
}

/* Un-protected before the store, so that nobody has to answer an event: what is written to is the same. */
static const char *ask_sync_retry(uint64_t arg __maybe_unused)
{
	struct region r;
	struct uffd u;

	if (!make_huge_zero(&r) || watch(&r, SYNC, &u) || protect(&r, &u, true) || !is_huge(&r) ||
	    protect(&r, &u, false))
		return NONE;
	return after_store(&r);
}

/* Nothing mapped, but neighbours are: in its page table's own walk. Asked for more than WRITTEN: the generic way. */
static const char *ask_unpopulated_generic(uint64_t arg __maybe_unused)
{
	struct region r;
	struct uffd u;

	if (!make_base(&r) || watch(&r, ASYNC, &u))
		return NONE;
	return written(count(&r, PAGE, 1, PAGE_IS_WRITTEN | PAGE_IS_WPALLOWED));
}

static const char *ask_unregistered(uint64_t arg __maybe_unused)
{
	struct region r;

	return make_base(&r) ? written(count(&r, 0, 1, PAGE_IS_WRITTEN)) : NONE;
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
	if (!is_huge(&r) || watch(&r, ASYNC, &u) || protect(&r, &u, true) ||
	    madvise(r.start, r.pages * page_size(), MADV_DONTNEED))
		return NONE;
	return written(count(&r, 0, r.pages, PAGE_IS_WRITTEN));
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
