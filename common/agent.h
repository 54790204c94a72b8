/* SPDX-License-Identifier: GPL-2.0 */
/*
 * agent - who touches a page.
 *
 * Each agent acts once, in a thread (or process) of its own, and touches nothing else of a region. It is
 * known to be done or blocked without sleeping: done is a word that it sets and a futex that it wakes;
 * blocked is the kernel's own word, /proc/TID/wchan, that it sleeps in handle_userfault(). Sleep of any
 * other kind (memory, locks, a busy machine) counts as running, so load can't make an agent look blocked.
 *
 * A thread that an ioctl wakes isn't blocked any more when the ioctl returns: AGENT_BLOCKED right after it
 * proves that it wasn't woken, or that it ran into the page again (then there is another event).
 * The reverse doesn't hold: an event can be read before its thread sleeps, so settle before you look.
 *
 * At the end of a test close the userfaultfd (which wakes whoever is blocked), then free the agents, then
 * the region. 0 or a negative errno where not said otherwise.
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
	AGENT_STRADDLE,		/* one unaligned store over the border behind this page: agent_border() */
	AGENT_READ,		/* read(2) from a pipe into the page */
	AGENT_VM_WRITEV,	/* process_vm_writev(2) to itself */
	AGENT_URING_READ,	/* io_uring read from a pipe, done inside io_uring_enter(2) */
	AGENT_PROC_MEM,		/* pwrite(2) to /proc/self/mem: also where the mapping may not be written to */
	AGENT_FORK_CHILD,	/* a fork child's CPU store, in its own copy */
	/* Readers: nothing may change by them. */
	AGENT_LOAD,		/* one byte by the CPU */
	AGENT_WRITE,		/* write(2) of the byte to a pipe */
	AGENT_VM_READV,		/* process_vm_readv(2) from itself */
	AGENT_COUNT,
};

enum agent_state {
	AGENT_DONE,
	AGENT_BLOCKED,		/* asleep in a userfault */
	AGENT_RUNNING,		/* neither; from a wait: by its deadline, a hang */
};

struct agent {
	enum agent_kind kind;
	char *addr;
	uint8_t value;		/* written, or once done what a reader read */
	int error;		/* once done: the kernel's own error (negative errno), 0 when it worked */
	int tid;		/* of the thread that acts; a fork child's pid, 0 until a wait has seen it */
	struct agent_impl *impl;
};

/* Bytes that a straddling store writes on either side of the border. */
#define AGENT_STRADDLE_SIDE 4

/* The border behind @addr's page: a straddling store fills AGENT_STRADDLE_SIDE bytes before and after it. */
char *agent_border(char *addr);

/* As used in names of variants: "store", "process_vm_writev". */
const char *agent_name(enum agent_kind k);
bool agent_writes(enum agent_kind k);

/* 0 when this machine can, else a negative errno and a line in @why (no io_uring: the knob to turn). */
int agent_can(enum agent_kind k, char *why, size_t len);

/*
 * Starts it; returns once the thread exists, not when it has acted. Readers ignore @value. A fork child's
 * error is -EFAULT when it died by SIGSEGV or SIGBUS, -EINTR by another signal; a thread that the CPU
 * refuses an access takes the process with it, as it would outside a test.
 */
int agent_start(struct agent *a, enum agent_kind k, char *addr, uint8_t value);

/* Waits until it is done or blocked, @ms at most. */
enum agent_state agent_settle(struct agent *a, int ms);

/* Waits until it is done; AGENT_DONE, or its state at the deadline. */
enum agent_state agent_join(struct agent *a, int ms);

/* Now, without waiting. */
enum agent_state agent_state(const struct agent *a);

/*
 * Gives everything back; nothing to do for an agent that is all zero. One that is blocked is left behind
 * for the process's exit (a fork child is killed); one that runs is waited for, 10 s at most.
 */
void agent_free(struct agent *a);

/*
 * Start, join and free: the common case of an agent that must not block. The kernel's error, or that of
 * the start, in *error; AGENT_DONE, or its state at the deadline.
 */
enum agent_state agent_act(enum agent_kind k, char *addr, uint8_t value, int ms, int *error);

#endif /* COMMON_AGENT_H */
