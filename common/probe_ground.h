/* SPDX-License-Identifier: GPL-2.0 */
/*
 * probe_ground - what the probe's questions about meanings stand on: memory in a known state, watched and counted.
 *
 * Pages count from a region's start. What is opened stays open: the child that asks is thrown away.
 */
#ifndef COMMON_PROBE_GROUND_H
#define COMMON_PROBE_GROUND_H

#include "../uffd/scan.h"
#include "../uffd/uffd.h"
#include "probe.h"
#include "region.h"

/* The page that the questions look at; not the first, which is where a store would be expected. */
#define PAGE 5

/* Of @pages pages from @page on, how many does PAGEMAP_SCAN report for @mask; negative errno. */
long ground_count(const struct region *r, size_t page, size_t pages, uint64_t mask);

/* The same with PM_SCAN_* @flags, and @mask and what is returned apart. */
long ground_scan(const struct region *r, size_t page, size_t pages, uint64_t mask, uint64_t ret, uint64_t flags);

bool ground_is_huge(const struct region *r);

/* One PMD of which the first PAGE pages are base pages that were written, and the others nothing. */
bool ground_make_base(struct region *r);

/* With what @mode needs; for faults of user mode only where no more is allowed. 0 or a negative errno. */
int ground_open(enum region_mode mode, struct uffd *u);

/* ground_open(), and @r registered for write protection. */
int ground_watch(struct region *r, enum region_mode mode, struct uffd *u);

/* ground_watch(), and @r protected. */
int ground_arm(struct region *r, enum region_mode mode, struct uffd *u);

/* A count's meaning. */
const char *ground_written(long pages);

#endif /* COMMON_PROBE_GROUND_H */
