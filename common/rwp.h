/* SPDX-License-Identifier: GPL-2.0 */
/*
 * rwp - a stage whose region is registered for read-write protection: userfaultfd.rst, 'Read-Write Protection'.
 *
 * Its region counts as unregistered for the view, for what that says of write protection holds for no other kind:
 * bit 57 of pagemap (WP in a view) means read-write protected here, and ACCESSED is its inverse.
 * Ranges are half-open, in base pages from the region's start. 0 or a negative errno.
 */
#ifndef COMMON_RWP_H
#define COMMON_RWP_H

#include "stage.h"

/* Opens the descriptor with what @mode needs (SYNC, ASYNC) and @more features, registers, opens the pump. */
int rwp_register(struct stage *s, enum region_mode mode, uint64_t more, struct lack *lack);

/* Makes what is present in pages [@first, @end) inaccessible. */
int rwp_protect(struct stage *s, size_t first, size_t end);

/* Gives pages [@first, @end) back, and wakes who waits there unless @mode is UFFDIO_RWPROTECT_MODE_DONTWAKE. */
int rwp_release(struct stage *s, size_t first, size_t end, uint64_t mode);

/* Page faults that a fork child takes for its first read of @page, or a negative errno. */
int rwp_faults_of_child(const struct stage *s, size_t page);

#endif /* COMMON_RWP_H */
