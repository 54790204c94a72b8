/* SPDX-License-Identifier: GPL-2.0 */
/*
 * agent - who touches a page.
 *
 * Each agent acts once, in a thread (or process) of its own, and is known to be blocked or done without
 * sleeping: done is a flag that it sets and a futex that it wakes; blocked means that the kernel's own
 * account of the thread (/proc/self/task/TID) says it sleeps, and that it isn't done. A write stores @value at @addr (for the
 * straddling ones also on the far side of the border) and nothing else. 0 or a negative errno where not said otherwise.
 */
#ifndef COMMON_AGENT_H
#define COMMON_AGENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "region.h"

enum agent_kind {
	AGENT_STORE,		/* one byte by the CPU */
	AGENT_ATOMIC,		/* an atomic exchange of one byte */
	AGENT_STRADDLE,		/* one unaligned store over the border behind this page */
	AGENT_READ,		/* read(2) from a pipe into the page */
	AGENT_VM_WRITEV,	/* process_vm_writev(2), one page's first byte, through the kernel */
	AGENT_URING_READ,	/* io_uring read from a file into the page */
	AGENT_FORK_CHILD,	/* a fork child's CPU store, in its own copy */
	/* Readers: nothing may change by them. */
	AGENT_LOAD,		/* one byte by the CPU */
	AGENT_WRITE,		/* write(2) of the page's first byte to a pipe */
	AGENT_VM_READV,		/* process_vm_readv(2) */
	AGENT_COUNT,
};

enum agent_state {
	AGENT_DONE,
	AGENT_BLOCKED,
	AGENT_RUNNING,		/* neither, by the deadline: a hang */
};

struct agent {
	enum agent_kind kind;
	char *addr;
	uint8_t value;		/* written, or what a reader read */
	int error;		/* once done: the kernel's own error (negative errno), 0 when it worked */
	int tid;		/* of the thread that acts; the process's when it is a child */
	struct agent_impl *impl;
};

const char *agent_name(enum agent_kind k);
bool agent_writes(enum agent_kind k);

/* 0 when this machine can, else a negative errno and a line in @why (no io_uring: the knob to turn). */
int agent_available(enum agent_kind k, char *why, size_t len);

/* Starts it; returns once the thread exists, not when it has acted. */
int agent_start(struct agent *a, enum agent_kind k, char *addr, uint8_t value);

/* Waits until it is done or blocked, @ms at most. */
enum agent_state agent_settle(struct agent *a, int ms);

/* Waits until it is done; AGENT_DONE, or its state at the deadline. */
enum agent_state agent_join(struct agent *a, int ms);

/* Now, without waiting: done, or asleep in the kernel, or running. */
enum agent_state agent_state(const struct agent *a);

/* Gives everything back. An agent still blocked is left behind for process exit; never call on one that may still write. */
void agent_free(struct agent *a);

/* Start and join: the common case of an agent that must not block. AGENT_DONE and the error in *error. */
enum agent_state agent_act(enum agent_kind k, char *addr, uint8_t value, int ms, int *error);

#endif /* COMMON_AGENT_H */
