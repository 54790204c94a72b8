/* SPDX-License-Identifier: GPL-2.0 */
/*
 * ksm - has the kernel merge pages of equal content.
 *
 * The kernel's merging thread is started for it, at full speed, and stopped when the process ends (settings.h). It looks
 * at memory that asked for it only: the region, and whatever else on the machine did. 0 or a negative errno.
 */
#ifndef COMMON_KSM_H
#define COMMON_KSM_H

#include "region.h"
#include "stage.h"

/* Starts the thread; once for all that the process forks later. What was missing is remembered for ksm_merge(). */
void ksm_prepare(void);

/* Offers the region, whose pages are all equal, and waits until all of them are one; *lack says why they stay apart. */
int ksm_merge(const struct region *r, struct lack *lack);

#endif /* COMMON_KSM_H */
