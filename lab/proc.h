/* SPDX-License-Identifier: GPL-2.0 */
/* proc - what /proc says of other processes. */
#ifndef LAB_PROC_H
#define LAB_PROC_H

#include <sys/types.h>

/* The state, parent and session of a process; 0 or -ESRCH. */
int proc_info(pid_t pid, char *state, pid_t *parent, pid_t *session);

/* Calls @see for every process that there is. */
void proc_each(void (*see)(void *context, pid_t pid), void *context);

#endif
