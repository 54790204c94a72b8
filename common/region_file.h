/* SPDX-License-Identifier: GPL-2.0 */
/*
 * region_file - what is done to a region of shared memory by way of its file, past the mapping.
 *
 * Ranges are half-open, in base pages from the region's start, which is where the file starts. 0 or a negative errno.
 */
#ifndef COMMON_REGION_FILE_H
#define COMMON_REGION_FILE_H

#include "region.h"

/* Another mapping of the same pages, unpopulated; to be freed like any region. */
int region_map_again(struct region *again, const struct region *r);

/* Takes pages [@first, @end) out of the file: a hole that reads zero. */
int region_punch(const struct region *r, size_t first, size_t end);

/* Ends the file before page @first and makes it as long as it was: from there on it reads zero. */
int region_cut_file(const struct region *r, size_t first);

#endif /* COMMON_REGION_FILE_H */
