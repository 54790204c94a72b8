// SPDX-License-Identifier: GPL-2.0
/* The witnesses of a view. */
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "../uffd/compiler.h"
#include "../uffd/scan.h"
#include "host.h"
#include "ptdump.h"
#include "view.h"
#include "view_impl.h"

/* Categories that every kernel with PAGEMAP_SCAN knows; later ones are asked for where it does. */
#define FIRST_CATEGORIES (PAGE_IS_WPALLOWED | PAGE_IS_WRITTEN | PAGE_IS_FILE | PAGE_IS_PRESENT | \
			  PAGE_IS_SWAPPED | PAGE_IS_PFNZERO | PAGE_IS_HUGE)

/* What both pagemap and PAGEMAP_SCAN say of a page; see judge(). */
#define SHARED_FACTS (PRESENT | SWAPPED | FILE_BACKED)

static int read_pagemap(struct view *v, int fd)
{
	uint64_t *entry = malloc(v->pages * sizeof(*entry));
	size_t i;
	int err;

	if (!entry)
		return -ENOMEM;
	err = pagemap_read(fd, v->region->start, v->pages, entry);
	for (i = 0; !err && i < v->pages; i++) {
		v->page[i] |= entry[i] & PAGEMAP_PRESENT ? PRESENT : 0;
		v->page[i] |= entry[i] & PAGEMAP_SWAPPED ? SWAPPED : 0;
		v->page[i] |= entry[i] & PAGEMAP_FILE ? FILE_BACKED : 0;
		v->page[i] |= entry[i] & PAGEMAP_UFFD_WP ? WP : 0;
		v->page[i] |= entry[i] & PAGEMAP_EXCLUSIVE ? EXCLUSIVE : 0;
	}
	free(entry);
	return err;
}

/* Where the answers of one scan go: one word a page. */
struct answers {
	const struct region *region;
	uint32_t *page;
};

static void keep_answer(const struct page_region *region, void *arg)
{
	struct answers *a = arg;
	size_t first = (region->start - (uintptr_t)a->region->start) / page_size();
	size_t end = (region->end - (uintptr_t)a->region->start) / page_size();
	size_t i;

	for (i = first; i < end && i < a->region->pages; i++)
		a->page[i] |= region->categories;
}

static int ask(int fd, const struct region *r, uint64_t flags, uint64_t mask, uint64_t ret,
	       uint32_t *page)
{
	struct answers answers = { r, page };
	struct scan s = {
		.start = r->start,
		.len = r->pages * page_size(),
		.flags = flags,
		.mask = mask,
		.ret = ret,
	};

	return scan_all(fd, &s, keep_answer, &answers);
}

/* All categories that this kernel knows: 6.12 refuses a return mask with one that it doesn't. */
static int ask_all(int fd, const struct region *r, uint32_t *page)
{
	static const uint64_t more[] = {
		PAGE_IS_SOFT_DIRTY | PAGE_IS_GUARD | PAGE_IS_ACCESSED,
		PAGE_IS_SOFT_DIRTY | PAGE_IS_GUARD,
		PAGE_IS_SOFT_DIRTY,
		0,
	};
	static size_t known;
	int err = -EINVAL;

	for (; known < ARRAY_SIZE(more); known++) {
		err = ask(fd, r, 0, 0, FIRST_CATEGORIES | more[known], page);
		if (err != -EINVAL)
			break;
	}
	return err;
}

/* What is found out once is found out before the caller's children would, each for itself. */
static void learn(void)
{
	struct region nothing = { .start = (char *)page_size(), .pages = 1 };
	int fd = pagemap_open(0);
	uint32_t answer;

	pmd_size();
	if (fd < 0)
		return;
	ask_all(fd, &nothing, &answer);
	close(fd);
}

void view_listen(void)
{
	host_log_open();
	ptdump_open();
	learn();
}

static void dispute(struct view *v, size_t page, const char *what, bool one, bool other,
		    const char *first, const char *second)
{
	v->page[page] |= DISPUTED;
	if (v->dispute.text[0])
		return;
	v->dispute.page = page;
	snprintf(v->dispute.text, sizeof(v->dispute.text), "page %zu: %s says %s%s, %s says %s%s", page,
		 first, one ? "" : "not ", what, second, other ? "" : "not ", what);
}

static bool is_hugetlb_hole(const struct view *v, uint32_t generic)
{
	return v->region->unit && !(generic & (PRESENT | SWAPPED));
}

/*
 * Do the witnesses tell the same story of a page? pagemap.rst: WRITTEN is the inverse of protection inside a VMA
 * registered for write protection. Bit 61 of the zero page differs between kernels and says nothing. A hugetlb page
 * is never in swap, so pagemap knows no bit 62 there, while for the scan markers and migration entries are in swap
 * everywhere; and where there is none, de facto, the scan takes nothing for written.
 */
static void judge(struct view *v, size_t i, uint32_t fast, uint32_t generic)
{
	uint32_t seen = v->page[i], differ = (seen ^ generic) & SHARED_FACTS;

	if (generic & ZERO)
		differ &= ~FILE_BACKED;
	if (v->region->unit)
		differ &= ~SWAPPED;
	if (differ & PRESENT)
		dispute(v, i, "present", seen & PRESENT, generic & PRESENT, "pagemap", "PAGEMAP_SCAN");
	if (differ & SWAPPED)
		dispute(v, i, "swapped", seen & SWAPPED, generic & SWAPPED, "pagemap", "PAGEMAP_SCAN");
	if (differ & FILE_BACKED)
		dispute(v, i, "file", seen & FILE_BACKED, generic & FILE_BACKED, "pagemap", "PAGEMAP_SCAN");
	if (v->region->mode == UNREGISTERED ||
	    (is_hugetlb_hole(v, generic) && !(fast & WRITTEN) && !(seen & WP)))
		return;
	if ((fast ^ generic) & WRITTEN)
		dispute(v, i, "written", fast & WRITTEN, generic & WRITTEN, "PAGEMAP_SCAN's fast path",
			"its generic path");
	if (!(seen & WP) != !!(fast & WRITTEN))
		dispute(v, i, "written", !(seen & WP), fast & WRITTEN, "pagemap's bit 57", "PAGEMAP_SCAN");
}

static void settle(struct view *v, const uint32_t *fast, const uint32_t *generic)
{
	bool registered = v->region->mode != UNREGISTERED;
	size_t i;

	for (i = 0; i < v->pages; i++) {
		judge(v, i, fast[i], generic[i]);
		v->page[i] &= ~FILE_BACKED;
		v->page[i] |= generic[i] & ~WRITTEN;
		/* Where no huge page is, only the page table's being there makes the difference. */
		if (is_hugetlb_hole(v, generic[i]))
			v->page[i] &= ~HUGE;
		if (v->page[i] & ZERO)
			v->page[i] &= ~FILE_BACKED;
		if (registered)
			v->page[i] |= fast[i] & WRITTEN;
		if ((v->page[i] & (PRESENT | ZERO | FILE_BACKED)) == PRESENT)
			v->page[i] |= ANON;
	}
}

/* Both paths of PAGEMAP_SCAN; v->scan tells whether the kernel has it. */
static int read_scan(struct view *v, int fd)
{
	uint32_t *answer = calloc(2 * v->pages, sizeof(*answer));
	int err;

	if (!answer)
		return -ENOMEM;
	err = ask(fd, v->region, 0, PAGE_IS_WRITTEN, PAGE_IS_WRITTEN, answer);
	if (!err)
		err = ask_all(fd, v->region, answer + v->pages);
	v->scan = err != -ENOTTY;
	if (!err)
		settle(v, answer, answer + v->pages);
	free(answer);
	return v->scan ? err : 0;
}

static void keep_write_bit(size_t from, size_t to, bool writable, void *arg)
{
	struct view *v = arg;
	size_t i;

	/* The bits of what isn't there, such as a hugetlb marker, mean something else. */
	for (i = from / page_size(); i < to / page_size(); i++)
		if (v->page[i] & PRESENT)
			v->page[i] |= writable ? HW_RW : HW_RO;
}

/* Which of the pages that seemed writable and protected still are: a page that is written to just now is neither's lie. */
static int confirm(struct view *v, int fd)
{
	struct view again = { 0 };
	int err = view_alloc(&again, v->region);
	size_t i;

	if (!err)
		err = read_pagemap(&again, fd);
	if (!err)
		err = ptdump_read(v->region->start, v->pages * page_size(), keep_write_bit, &again);
	for (i = 0; !err && i < v->pages; i++)
		if (v->page[i] & WP && v->page[i] & HW_RW && (~again.page[i] & (WP | HW_RW)))
			v->page[i] &= ~HW_RW;
	view_free(&again);
	return err;
}

/*
 * The hardware's write bit, where any page is both mapped and protected: the dump walks all of the process's tables, and of
 * other pages it has nothing to say that a test asks for.
 */
static int read_write_bits(struct view *v, int fd)
{
	int tries = 3, err;

	if (!view_count(v, PRESENT | WP, 0))
		return 0;
	err = ptdump_read(v->region->start, v->pages * page_size(), keep_write_bit, v);
	while (!err && view_count(v, WP | HW_RW, 0) && tries--)
		err = confirm(v, fd);
	return err == -ENOENT ? 0 : err;
}

/* An empty view of @r, and the pagemap to fill it from: a descriptor or a negative errno. */
static int view_open(struct view *v, const struct region *r)
{
	int err = view_alloc(v, r);

	return err ? err : pagemap_open(0);
}

int view_read_pages(struct view *v, const struct region *r)
{
	int fd = view_open(v, r), err;

	if (fd < 0)
		return fd;
	err = read_pagemap(v, fd);
	if (!err)
		err = read_scan(v, fd);
	if (!err)
		err = read_write_bits(v, fd);
	close(fd);
	return err;
}

int view_read(struct view *v, const struct region *r)
{
	int err = view_read_pages(v, r);

	if (!err)
		err = host_counters(v->counter);
	v->log_lines = host_log_read(v->log_last, sizeof(v->log_last));
	return err;
}

int view_read_books(struct view *v, const struct region *r)
{
	int err = view_read(v, r);

	return err ? err : host_smaps(r->start, r->pages * page_size(), &v->smaps);
}

int view_read_and_arm(struct view *v, const struct region *r)
{
	int fd = view_open(v, r), err;

	if (fd < 0)
		return fd;
	err = ask(fd, r, PM_SCAN_WP_MATCHING | PM_SCAN_CHECK_WPASYNC, PAGE_IS_WRITTEN, PAGE_IS_WRITTEN,
		  v->page);
	v->scan = !err;
	close(fd);
	return err;
}
