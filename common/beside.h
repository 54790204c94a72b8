/* SPDX-License-Identifier: GPL-2.0 */
/*
 * beside - a process that does one deed: in the caller's own memory, or in a copy of it as after fork(2).
 *
 * One that shares the memory may do what the kernel refuses to a thread of the same process: trace it. It may only make
 * system calls and touch what it is given: locks, stdio and errno are the caller's.
 */
#ifndef COMMON_BESIDE_H
#define COMMON_BESIDE_H

#include <stdbool.h>
#include <sys/types.h>

struct beside {
	int (*deed)(void *arg);		/* 0 or a negative errno */
	void *arg;
	pid_t parent;
	pid_t pid;			/* who does it */
	char *stack;
};

/*
 * Starts it. It gets SIGKILL when the calling thread ends, so one that is blocked outlives nobody. 0 or a negative
 * errno.
 */
int beside_start(struct beside *b, bool shares, int (*deed)(void *arg), void *arg);

/* Waits for its end: what the deed returned; -EFAULT when it died by SIGSEGV or SIGBUS, -EINTR by another signal. */
int beside_wait(struct beside *b);

/* Both. */
int beside(bool shares, int (*deed)(void *arg), void *arg);

/*
 * Stops the thread @tid of this process as a debugger does, whatever it waits for, and lets it go on. 0 or a negative
 * errno.
 */
int beside_interrupt(pid_t tid);

/* From a deed: seizes and stops @tid; afterwards PTRACE_DETACH it. 0 or a negative errno. */
int beside_trace(pid_t tid);

#endif /* COMMON_BESIDE_H */
