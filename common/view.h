/* SPDX-License-Identifier: GPL-2.0 */
/*
 * view - one reading of a region: what each page is, by every witness.
 *
 * Offsets are in base pages from the region's start, ranges half-open. The caller
 * owns the view; view_free() gives its memory back. 'written' is PAGE_IS_WRITTEN
 * as in pagemap.rst, and is kept only for a region that is registered: elsewhere
 * kernels differ in what it means.
 */
#ifndef COMMON_VIEW_H
#define COMMON_VIEW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "region.h"

/* What a page is. The first ten are PAGEMAP_SCAN's categories, bit for bit. */
enum page_fact {
	WPALLOWED = PAGE_IS_WPALLOWED,
	WRITTEN = PAGE_IS_WRITTEN,
	FILE_BACKED = PAGE_IS_FILE,
	PRESENT = PAGE_IS_PRESENT,
	SWAPPED = PAGE_IS_SWAPPED,
	ZERO = PAGE_IS_PFNZERO,
	HUGE = PAGE_IS_HUGE,
	SOFT_DIRTY = PAGE_IS_SOFT_DIRTY,
	GUARD = PAGE_IS_GUARD,
	ACCESSED = PAGE_IS_ACCESSED,
	WP = 1 << 16,		/* pagemap bit 57 */
	EXCLUSIVE = 1 << 17,	/* pagemap bit 56 */
	ANON = 1 << 18,		/* present, neither file nor zero */
	HW_RW = 1 << 19,	/* the page-table dump says writable; read only where any page is WP and PRESENT */
	HW_RO = 1 << 20,	/* the page-table dump says read-only */
	DISPUTED = 1 << 21,	/* witnesses disagree about this page: view_dispute() */
};

/* Which witness said what of a disputed page. */
struct dispute {
	size_t page;
	char text[120];
};

/* The lines of /proc/vmstat that a view keeps; global, so lower bounds only. */
enum counter {
	THP_FAULT_ALLOC,
	THP_FAULT_FALLBACK,
	THP_FAULT_FALLBACK_CHARGE,
	THP_ZERO_PAGE_ALLOC,
	THP_SPLIT_PMD,
	THP_SPLIT_PAGE,
	THP_COLLAPSE_ALLOC,
	COUNTER_COUNT,
};

/* smaps of the region's VMAs, summed, in bytes. */
struct view_smaps {
	size_t rss;
	size_t anonymous;
	size_t anon_huge;
	size_t hugetlb;		/* private and shared */
	size_t swap;
	size_t dirty;		/* shared and private */
	bool registered_wp;	/* VmFlags uw on every VMA of the region */
};

struct view {
	const struct region *region;
	size_t pages;
	uint32_t *page;		/* enum page_fact, one a page */
	uint64_t counter[COUNTER_COUNT];
	struct view_smaps smaps;	/* view_read_books() only */
	unsigned int log_lines;	/* warnings and worse in the kernel log since the view before */
	char log_last[160];	/* the last of them */
	struct dispute dispute;	/* the first one, when any page is DISPUTED */
	bool scan;		/* false: this kernel has no PAGEMAP_SCAN; its facts are absent */
};

/* A half-open run of pages that share their facts. */
struct run {
	size_t first;
	size_t end;
	uint32_t facts;
};

/*
 * Opens what is shared by all views, the kernel log and the page-table dump: once a run, before anything forks. Views do
 * without what may not be read.
 */
void view_listen(void);

/*
 * Reads every witness of the pages: pagemap, PAGEMAP_SCAN by its fast path (mask and return WRITTEN only) and
 * by its generic path (all categories), the page-table dump; and vmstat and the kernel log. 0 or a negative errno; never
 * a half-filled view.
 */
int view_read(struct view *v, const struct region *r);

/* What all of them say of the pages alone: no counters, no kernel log, for who looks very often. */
int view_read_pages(struct view *v, const struct region *r);

/* view_read() and smaps, which takes as long as all others together. */
int view_read_books(struct view *v, const struct region *r);
void view_free(struct view *v);

/*
 * The fourth way of asking: get-and-protect. Changes the region: every page that it reports written is
 * armed afterwards. Fills *v with what it reported (WRITTEN or not) and nothing else. Async regions only.
 */
int view_read_and_arm(struct view *v, const struct region *r);

/* The next run at or after @from; false when there is none. */
bool view_run(const struct view *v, size_t from, struct run *run);

/* First page in [first, end) that lacks a bit of @set or has one of @clear; -1 when there is none. */
ssize_t view_find_not(const struct view *v, size_t first, size_t end, uint32_t set, uint32_t clear);

/* How many pages have all of @set and none of @clear. */
size_t view_count(const struct view *v, uint32_t set, uint32_t clear);

/* after - before: in out->page the facts that changed (xor), counters and log lines the growth. */
int view_subtract(struct view *out, const struct view *after, const struct view *before);

/* The facts by name, "" for none of them; returns @buf. */
char *facts_words(uint32_t facts, char *buf, size_t len);

/* What a page is, "huge zero wp" or "none", as printed in runs; returns @buf. */
char *facts_text(uint32_t facts, char *buf, size_t len);
const char *counter_name(enum counter c);

/*
 * Prints one line a PMD, each line begun with @prefix: the runs, and on the last line the counters that
 * grew since @since (NULL: none).
 */
void view_print(FILE *out, const char *prefix, const struct view *v, const struct view *since);

#endif /* COMMON_VIEW_H */
