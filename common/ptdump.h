/* SPDX-License-Identifier: GPL-2.0 */
/*
 * ptdump - the hardware's own word on who may write: the kernel's page-table dump in debugfs.
 *
 * x86 only (CONFIG_PTDUMP_DEBUGFS, root, debugfs mounted). With page-table isolation the user's table is read, which is a
 * quarter of the work; without, the kernel's, for then there is only one. The leaf's write bit, no software bit.
 */
#ifndef COMMON_PTDUMP_H
#define COMMON_PTDUMP_H

#include <stdbool.h>
#include <stddef.h>

/* "user" or "kernel", the table that would be read; "no" where there is none. */
const char *ptdump_which(void);

/*
 * Opens the dump, once: the kernel's buffer, which belongs to the open file, then grows only once. Children inherit it,
 * and each reads its own table.
 */
void ptdump_open(void);

/*
 * Tells @see each run of mapped pages of the calling process in [@start, @start + @len), clipped to it: offsets in bytes
 * from @start, half-open. 0, -ENOENT where there is no dump or it isn't open, or a negative errno.
 */
int ptdump_read(const char *start, size_t len, void (*see)(size_t from, size_t to, bool writable, void *arg), void *arg);

#endif /* COMMON_PTDUMP_H */
