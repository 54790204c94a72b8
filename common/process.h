/* SPDX-License-Identifier: GPL-2.0 */
/*
 * process - what a test does outside its own process.
 */
#ifndef COMMON_PROCESS_H
#define COMMON_PROCESS_H

#include <stdbool.h>

/* Runs @fn in a fork child and returns what it returned (0 to 255), or -EINTR when a signal ended it, or fork's errno. */
int in_a_child(int (*fn)(void));

/*
 * Runs @fn in a process of its own that has our memory and can be killed, and returns what it returned, 0 or a negative
 * errno; -ETIME when it burnt seconds of processor time without an end: time spent waiting for the processor doesn't count, so
 * that a busy machine can't look like a hang.
 */
int in_our_memory(int (*fn)(void *arg), void *arg);

/* Does nobody run here but this process and its ancestors (kernel threads aside)? As in a guest with one init. */
bool alone_on_machine(void);

#endif /* COMMON_PROCESS_H */
