/* SPDX-License-Identifier: GPL-2.0 */
/*
 * hugetlb - regions from the kernel's pool of huge pages: Documentation/admin-guide/mm/hugetlbpage.rst.
 *
 * Whatever is done to such a page is done to all of it: protection, an event's address, what a scan reports. Tests
 * count in base pages as everywhere; region.unit says how many of them one huge page has. A region of several huge
 * pages lies across the border of two page tables, so that neither may exist before the first page does.
 * 0 or a negative errno.
 */
#ifndef COMMON_HUGETLB_H
#define COMMON_HUGETLB_H

#include "stage.h"

/* The machine's default huge page, bytes, and how many base pages that is; 0 where the kernel has none. */
size_t hugetlb_size(void);
size_t hugetlb_unit(void);

/*
 * Enlarges the pool by what one test needs, until the process ends (settings.h); where it may not, what is free there must do.
 * Regions say what was missing, and which knob to turn.
 */
void hugetlb_prepare(void);

/*
 * The same for @nr huge pages of another size, bytes; *lack says why not.
 */
int hugetlb_need_size(size_t size, size_t nr, struct lack *lack);

/*
 * As region_make_pages(), which calls it, for HUGETLB, HUGETLB_HOLES and HUGETLB_SHARED: @pages base pages of whole huge
 * ones of @size bytes, proved by pagemap and smaps. The mapping promises the pages, so an access finds one.
 */
int hugetlb_make(struct region *r, enum backing b, size_t pages, size_t size);

#endif /* COMMON_HUGETLB_H */
