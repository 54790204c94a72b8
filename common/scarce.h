/* SPDX-License-Identifier: GPL-2.0 */
/*
 * scarce - no huge page is to be had for the calling process, base pages and page tables are; or no page at all.
 *
 * By a memory cgroup's limit, or by the kernel's fault injection (CONFIG_FAIL_PAGE_ALLOC, debugfs, root) failing each
 * allocation of a huge page by this task and the threads that it starts. Both end with the process, however it ends.
 */
#ifndef COMMON_SCARCE_H
#define COMMON_SCARCE_H

#include <stddef.h>

enum scarcity {
	SCARCE_BY_LIMIT,
	SCARCE_BY_FAULTS,
	SCARCE_PAGES,		/* by faults, of every size: between begin and end only what may fail */
};

/* 0, or a negative errno and in @why the knob to turn. */
int scarce_available(enum scarcity how, char *why, size_t len);

/* From now on, until scarce_end(). 0, or a negative errno and a line in @why. */
int scarce_begin(enum scarcity how, char *why, size_t len);
int scarce_end(enum scarcity how);

#endif /* COMMON_SCARCE_H */
