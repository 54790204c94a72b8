/* SPDX-License-Identifier: GPL-2.0 */
/*
 * zram - a block device of the caller's own, kept in memory. It goes when the process ends, however it ends
 * (settings.h). 0 or a negative errno.
 */
#ifndef COMMON_ZRAM_H
#define COMMON_ZRAM_H

#include <stddef.h>

#include "stage.h"
#include "undo.h"

#define ZRAM_NAME_LEN 32

/* Whether there are such devices here and we may make one; *lack says what is missing. */
int zram_can(struct lack *lack);

/* Makes one of @size bytes; its path in @device. */
int zram_make(char device[ZRAM_NAME_LEN], size_t size);

/* The two steps of that, for whom @verb undoes it: the device, with the ledger locked, and its size. */
int zram_add(struct ledger *l, const struct undoer *me, enum undo_verb verb, char device[ZRAM_NAME_LEN]);
int zram_resize(const char *device, size_t size);

/* Removes the device with this number, whosever it is. */
int zram_remove(const char *number);

#endif /* COMMON_ZRAM_H */
