/* SPDX-License-Identifier: GPL-2.0 */
/*
 * scan - readers of /proc/PID/pagemap and of PAGEMAP_SCAN.
 *
 * Descriptors come from pagemap_open(); addresses and lengths in bytes, vectors
 * and max_pages in entries and base pages. 0 or a negative errno.
 * Sources: pagemap.rst, ioctl_pagemap_scan(2).
 */
#ifndef UFFD_SCAN_H
#define UFFD_SCAN_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "abi.h"

/* @pid 0 is the caller. Returns a descriptor or a negative errno. */
int pagemap_open(pid_t pid);

/* @pages entries from the page of @addr on; all or an error (-EIO when short). */
int pagemap_read(int fd, const void *addr, size_t pages, uint64_t *entries);

/* One question to PAGEMAP_SCAN. Masks are PAGE_IS_*; zero means what the kernel means by it. */
struct scan {
	const void *start;
	size_t len;		/* bytes */
	uint64_t flags;		/* PM_SCAN_* */
	uint64_t inverted;
	uint64_t mask;
	uint64_t anyof;
	uint64_t ret;		/* return mask */
	uint64_t max_pages;	/* base pages, 0: no limit */
	struct page_region *vec;
	size_t vec_len;		/* entries */
	const void *walk_end;	/* out: also on an error, as the kernel left it */
};

/* Regions written to vec (>= 0), or a negative errno. One ioctl, never repeated. */
int scan_once(int fd, struct scan *s);

/*
 * Asks until walk_end reaches the end, calling @each for every region as it comes.
 * 0, or the first negative errno. Ignores s->vec.
 */
int scan_all(int fd, struct scan *s,
	     void (*each)(const struct page_region *region, void *arg), void *arg);

#endif /* UFFD_SCAN_H */
