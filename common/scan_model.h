/* SPDX-License-Identifier: GPL-2.0 */
/*
 * scan_model - what PAGEMAP_SCAN has to answer, and what it did answer, page by page.
 *
 * The model is ioctl_pagemap_scan(2) and pagemap.rst in a few lines: masks filter every page by itself, regions are
 * maximal runs of equal answers. It predicts from a view's facts, so view and masks test each other. Page numbers
 * count from the region's start. The caller owns an answer; scan_answer_free() gives its memory back.
 */
#ifndef COMMON_SCAN_MODEL_H
#define COMMON_SCAN_MODEL_H

#include "../uffd/scan.h"
#include "view.h"

/* A question about pages [first, end) of @r; masks and limits are still to be set. */
struct scan scan_pages(const struct region *r, size_t first, size_t end);

/* scan_once() on the calling process, for who wants one call's own answer. Regions, or a negative errno. */
int scan_call(struct scan *s);

/* Does a page with @facts (enum page_fact) match the masks of @s? */
bool scan_model_matches(const struct scan *s, uint32_t facts);

/* What a scan said, summed over all its calls. */
struct scan_answer {
	const struct region *region;
	uint32_t *categories;	/* one a page, as last reported */
	uint16_t *times;	/* how often each page was reported */
	size_t calls;
	size_t regions;
	char fault[160];	/* the first rule of the interface that a call broke; empty: none */
};

/*
 * Asks @s until walk_end reaches the end of the range, going on from walk_end; s->vec_len and s->max_pages limit each
 * call, no vector is one of 512 entries. Every call is held against the rules: regions not empty, in order, disjoint, inside
 * [start, walk_end), no neighbour equal to the one before, no more of them than vec_len, no more pages than max_pages,
 * walk_end on a page border and further on than start. Stops at a call that breaks the last rule. 0 or a negative errno.
 */
int scan_answer_read(struct scan_answer *a, const struct region *r, const struct scan *s);
void scan_answer_free(struct scan_answer *a);

/* How a page's answer differs from the model's. */
enum scan_difference {
	SCAN_AGREES,
	SCAN_MISSES,		/* matches, and wasn't reported */
	SCAN_REPEATS,		/* reported twice */
	SCAN_INVENTS,		/* doesn't match, and was reported */
	SCAN_MISNAMES,		/* reported with other categories than it has */
};

/* The first page on which @a isn't what @s must get from @v, told in @why. */
enum scan_difference scan_model_compare(const struct scan_answer *a, const struct scan *s, const struct view *v,
					char *why, size_t len);

#endif /* COMMON_SCAN_MODEL_H */
