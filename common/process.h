/* SPDX-License-Identifier: GPL-2.0 */
/*
 * process - what a test does outside its own process.
 */
#ifndef COMMON_PROCESS_H
#define COMMON_PROCESS_H

#include <stdbool.h>

/* Runs @fn in a fork child and returns what it returned (0 to 255), or -EINTR when a signal ended it, or fork's errno. */
int in_a_child(int (*fn)(void));

/* Does nobody run here but this process and its ancestors (kernel threads aside)? As in a guest with one init. */
bool alone_on_machine(void);

#endif /* COMMON_PROCESS_H */
