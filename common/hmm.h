/* SPDX-License-Identifier: GPL-2.0 */
/*
 * hmm - a second MMU with page tables of its own over the calling process's memory: the kernel's HMM test driver
 * (CONFIG_TEST_HMM, root).
 *
 * What the device has once looked up it uses until a notifier takes it away, as a GPU or a virtual machine does: where a
 * notification is missing, it goes on with the old page.
 */
#ifndef COMMON_HMM_H
#define COMMON_HMM_H

#include <stddef.h>

/* 0, or -ENOENT and in @why (may be NULL) the knob to turn. */
int hmm_available(char *why, size_t len);

/* Mirrors the calling process: a descriptor to be closed, or a negative errno. */
int hmm_open(void);

/*
 * The device reads the page at @addr into @to, or writes @from to it: whole base pages, faulted in as the device needs
 * them. 0 or the kernel's negative errno; a device may not wait in a fault for long, so -EFAULT is what protection gives.
 */
int hmm_read(int fd, const char *addr, char *to);
int hmm_write(int fd, const char *addr, const char *from);

#endif /* COMMON_HMM_H */
