/* SPDX-License-Identifier: GPL-2.0 */
/*
 * swap - a swap area of the caller's own: a zram device made for it, used before all others.
 *
 * Memory that other programs are pushed out of lands there too while it lasts, and comes back when it goes. It goes
 * when the process ends, however it ends (settings.h). 0 or a negative errno.
 */
#ifndef COMMON_SWAP_H
#define COMMON_SWAP_H

#include <stddef.h>

#include "region.h"
#include "stage.h"

/*
 * Makes the area; once for all that the process forks later. What was missing is remembered for swap_need(). One process of
 * the machine has one at a time: waits until no other has.
 */
void swap_prepare(void);

/* The area is there and on; *lack says what is missing. Switches it on again after swap_off(). */
int swap_need(struct lack *lack);

/*
 * Writes pages [@first, @end) out to swap, so that pagemap shows each as swapped. They must be populated with
 * something else than zero. -EAGAIN where the kernel kept one in memory, however often it was asked.
 */
int swap_out(const struct region *r, size_t first, size_t end, struct lack *lack);

/*
 * swapoff(2) of the area. -ETIME when it burnt seconds of processor time without an end: time spent waiting for the
 * processor doesn't count, so that a busy machine can't look like a hang.
 */
int swap_off(void);

/* Removes the area of whomever's zram device @number; what undo does. */
int swap_remove(const char *device, const char *number);

#endif /* COMMON_SWAP_H */
