/* SPDX-License-Identifier: GPL-2.0 */
/*
 * region_impl - what the files that make regions share; nobody else includes it.
 */
#ifndef COMMON_REGION_IMPL_H
#define COMMON_REGION_IMPL_H

#include "../uffd/scan.h"
#include "region.h"

#ifndef MADV_POPULATE_READ
#define MADV_POPULATE_READ 22
#define MADV_POPULATE_WRITE 23
#endif

#ifndef MADV_COLLAPSE
#define MADV_COLLAPSE 25
#endif

#define THP_DIR "/sys/kernel/mm/transparent_hugepage/"

/* What each backing takes to make, and how the kernel must describe it then. */
struct recipe {
	const char *name;
	bool whole;		/* whole PMDs only */
	bool huge;		/* MADV_HUGEPAGE, else MADV_NOHUGEPAGE */
	bool read;		/* populated by reads */
	bool patterned;		/* populated by writes */
	bool split;		/* PMD split afterwards */
	bool pool;		/* made by hugetlb.h */
	bool shared;		/* of a memfd's pages */
	bool collapsed;		/* the kernel is asked for a huge page before it is populated */
	bool dropped;		/* given back at the end: the pages stay in the page cache */
	uint64_t set;		/* categories that each page must have */
	uint64_t clear;		/* categories that none may have */
};

const struct recipe *region_recipe(enum backing b);

/* The part of @r from page @first to @end, as a region that nobody frees. */
struct region region_part(const struct region *r, size_t first, size_t end);

/* Puts backing @b into pages [@first, @end), which are mapped, writable and unpopulated. 0 or a negative errno. */
int region_populate(struct region *r, enum backing b, size_t first, size_t end);

/* Writes the pattern into pages [@first, @end). */
void region_fill(const struct region *r, size_t first, size_t end);

/* Says in r->why why the machine gave something else than @b. */
void region_explain(struct region *r, enum backing b);

/* Maps a memfd, as large as the region, over pages [@first, @end), shared. 0 or a negative errno. */
int region_map_file(struct region *r, size_t first, size_t end);

#endif /* COMMON_REGION_IMPL_H */
