/* SPDX-License-Identifier: GPL-2.0 */
/*
 * mthp - huge pages smaller than a PMD (Linux 6.8), of MTHP_PAGES base pages each.
 *
 * The kernel takes them where a region is smaller than a PMD; that size is on for as long as the process that asked for it
 * lives (settings.h), and no other.
 */
#ifndef COMMON_MTHP_H
#define COMMON_MTHP_H

#include "region.h"
#include "stage.h"

#define MTHP_PAGES 16

/* Allows the size; once for all that the process forks later. What was missing is remembered for mthp_need(). */
void mthp_prepare(void);
int mthp_need(struct lack *lack);

/* Is each MTHP_PAGES pages of @r one folio of that size? By /proc/kpageflags; false where that may not be read. */
bool mthp_proved(const struct region *r);

#endif /* COMMON_MTHP_H */
