/* SPDX-License-Identifier: GPL-2.0 */
/*
 * reshape - what a process does to its own mapping: advice, access rights, giving a part back.
 *
 * Ranges are half-open, in base pages from the region's start. 0 or a negative errno.
 */
#ifndef COMMON_RESHAPE_H
#define COMMON_RESHAPE_H

#include "region.h"

/* madvise(2) of pages [@first, @end): MADV_*. */
int region_advise(const struct region *r, size_t first, size_t end, int advice);

/* Takes write access from pages [@first, @end) and gives it back: what was huge there is split. */
int region_lock_and_unlock(const struct region *r, size_t first, size_t end);

/* Sets the access rights of pages [@first, @end): PROT_*. */
int region_allow(const struct region *r, size_t first, size_t end, int prot);

/*
 * Moves the pages from @first on to the same pages of @to, which is as large, by mremap(2). Then @r is those pages, where
 * they are now, and @to is what was left behind and ends at @first; its hole is inaccessible.
 */
int region_move(struct region *r, size_t first, struct region *to);

/* Makes the VMA end before page @at and another, equal but for a flag that means nothing here, begin there. */
int region_split_vma(const struct region *r, size_t at);

/* Maps the first pages of a file, shared or private (MAP_*), where the region is: nothing of it is populated. */
int region_map_path(const struct region *r, const char *path, int how);

/* A shared mapping of a new file that is open for reading only; to be unmapped by the caller. NULL with errno set. */
char *map_readonly_file(size_t len);

/* Unmaps all pages from @first on: the region ends there from now on. */
int region_cut(struct region *r, size_t first);

#endif /* COMMON_RESHAPE_H */
