/* SPDX-License-Identifier: GPL-2.0 */
/*
 * region - PMD-aligned memory with a backing that was proved.
 *
 * A region is @pmds PMDs of memory, private or a file's, with an inaccessible PMD on either
 * side, so that neither a neighbour's fault nor a VMA merge can touch it. Set-up
 * puts the backing there and proves it with pagemap and PAGEMAP_SCAN: a region
 * that isn't what was asked for is never handed out. Page numbers count base
 * pages from the region's start.
 */
#ifndef COMMON_REGION_H
#define COMMON_REGION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "../uffd/uffd.h"

enum backing {
	UNPOPULATED,
	HUGE_ZERO,		/* each PMD maps the huge zero folio */
	ZERO_PTES,		/* page table full of the shared zero page */
	ANON_THP,		/* each PMD maps an anonymous THP, every page patterned */
	PTE_THP,		/* an anonymous THP mapped by PTEs, every page patterned */
	BASE_PAGES,		/* anonymous base pages, every page patterned */
	MTHP,			/* anonymous huge pages smaller than a PMD, every page patterned: mthp.h */
	SHMEM,			/* a memfd's base pages, shared and mapped, every page patterned */
	SHMEM_CACHED,		/* the same, in the page cache and not mapped */
	SHMEM_THP,		/* a memfd's THP mapped by a PMD, every page patterned */
	HUGETLB,		/* private huge pages of the pool, every base page patterned: hugetlb.h */
	HUGETLB_HOLES,		/* the same, nothing mapped yet */
	HUGETLB_SHARED,		/* shared ones, every base page patterned */
	BACKING_COUNT,
};

/* How a region is registered, and what its VMA promises then. */
enum region_mode {
	UNREGISTERED,
	SYNC,			/* WP, events delivered; WP_UNPOPULATED where offered */
	ASYNC,			/* WP, resolved by the kernel */
};

struct region {
	char *start;		/* PMD-aligned */
	size_t pmds;		/* the last one may be in part only */
	size_t pages;		/* base pages in all */
	size_t unit;		/* base pages that one huge page of the pool has, 0 where none is: hugetlb.h */
	enum backing backing;	/* of the pages before the border */
	enum backing beyond;	/* of those behind it */
	size_t border;		/* @pages, but for region_make_two() */
	int file;		/* whose pages are mapped where a backing is shared, else -1 */
	enum region_mode mode;	/* set by whoever registers it: the view needs it */
	void *map;		/* what region_free() unmaps, bytes */
	size_t map_len;
	char why[200];		/* why region_make() failed: one line with the knob to turn */
};

/* Sizes of this machine, bytes, bytes and base pages, asked of the kernel: a PMD's span also where THP is not built. */
size_t page_size(void);
size_t pmd_size(void);
size_t pmd_pages(void);

const char *backing_name(enum backing b);

/* Are its pages a file's, shared? */
bool backing_is_file(enum backing b);

/*
 * Maps and proves. -EINVAL for a bad request, -ENOMEM, -EPERM, or -ENOTSUP when this
 * machine gives another backing than asked (no huge zero page, THP off): r->why says which.
 */
int region_make(struct region *r, enum backing b, size_t pmds);

/* The same in base pages: where nothing huge is asked for, a part of a PMD makes the cheaper test. */
int region_make_pages(struct region *r, enum backing b, size_t pages);

/* Two PMDs of different backings, side by side. */
int region_make_two(struct region *r, enum backing b, enum backing beyond);
void region_free(struct region *r);

enum backing region_backing(const struct region *r, size_t page);

/* Is every page of the region what @b says? Reads pagemap and PAGEMAP_SCAN only. */
bool region_is(const struct region *r, enum backing b);

char *region_page(const struct region *r, size_t page);

/* The byte that fills the first and last word of @page since set-up: 0 on zero and unpopulated backings. */
uint8_t region_pattern(const struct region *r, size_t page);

/* One byte that an act left behind: its offset from the region's start, and its value. */
struct change {
	size_t at;
	uint8_t value;
};

/*
 * Compares the first and last word of every page with the pattern, except for the @n changed bytes. Returns
 * the first page that doesn't fit, or -1. It reads, so it populates: look at the entries first.
 */
ssize_t region_check(const struct region *r, const struct change *changed, size_t n);

/* The same for every word of every page. */
ssize_t region_check_all(const struct region *r, const struct change *changed, size_t n);

#endif /* COMMON_REGION_H */
