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
	/* By a CPU. */
	AGENT_STORE,		/* one byte */
	AGENT_ATOMIC,		/* an atomic exchange of one byte */
	AGENT_STRADDLE,		/* one unaligned store over the border behind this page: agent_border() */
	AGENT_OTHER_CPU,	/* a store by a thread pinned to another CPU than its starter's */
	AGENT_HANDLER,		/* a store from a signal handler */
	AGENT_SHARER,		/* a store by another process that shares the memory (CLONE_VM) */
	AGENT_FORK_CHILD,	/* a fork child's store, in its own copy */
	/* By the kernel, told where to put what. */
	AGENT_READ,		/* read(2) from a pipe into the page */
	AGENT_PREAD,		/* pread(2) from a memfd */
	AGENT_RECV,		/* recv(2) from a stream socket of AF_UNIX */
	AGENT_VMSPLICE,		/* vmsplice(2) at a pipe's read end, which copies into memory */
	AGENT_GETRANDOM,	/* getrandom(2): the value is known once done */
	AGENT_VM_WRITEV,	/* process_vm_writev(2) to itself */
	AGENT_PEER_WRITEV,	/* process_vm_writev(2) by another process */
	AGENT_FUTEX_SHARED,	/* FUTEX_WAKE_OP on a futex that may be shared */
	AGENT_DIRECT_READ,	/* read(2) with O_DIRECT, a whole page, from a zram device */
	AGENT_URING_READ,	/* io_uring read from a pipe, done inside io_uring_enter(2) */
	AGENT_URING_FIXED,	/* the same into a buffer that it registers just before */
	AGENT_URING_PINNED,	/* the same into a buffer registered by agent_prepare() */
	AGENT_POPULATE_WRITE,	/* MADV_POPULATE_WRITE, which writes nothing but has the page made writable */
	AGENT_MLOCK,		/* mlock(2) and munlock(2), which do the same */
	/* By the kernel on its own account. */
	AGENT_RSEQ,		/* the number of the CPU, to an area registered by rseq(2) */
	AGENT_SIGNAL_FRAME,	/* a signal's frame, to an alternate stack in this page; the first and last bytes stay */
	/* By the kernel where it may not wait for a fault to be resolved. */
	AGENT_PROC_MEM,		/* pwrite(2) to /proc/self/mem: also where the mapping may not be written to */
	AGENT_PEER_PROC_MEM,	/* the same by another process */
	AGENT_POKE,		/* ptrace(2), PTRACE_POKEDATA of a word by another process */
	AGENT_FUTEX,		/* FUTEX_WAKE_OP on a private futex */
	AGENT_CLEAR_TID,	/* the zero at a thread's end for whoever joins it: set_tid_address(2) */
	AGENT_ROBUST,		/* FUTEX_OWNER_DIED at a thread's end; agent_prepare() puts the owner's number there */
	/* Readers: nothing may change by them. */
	AGENT_LOAD,		/* one byte by the CPU */
	AGENT_WRITE,		/* write(2) of the byte to a pipe */
	AGENT_SEND,		/* send(2) to a socket */
	AGENT_VMSPLICE_FROM,	/* vmsplice(2) into a pipe, read from there */
	AGENT_VM_READV,		/* process_vm_readv(2) from itself */
	AGENT_DIRECT_WRITE,	/* write(2) with O_DIRECT of the page, to a zram device */
	AGENT_URING_WRITE,	/* io_uring write to a pipe */
	AGENT_FUTEX_WAIT,	/* FUTEX_WAIT, which compares and doesn't wait */
	AGENT_PROC_MEM_READ,	/* pread(2) of /proc/self/mem */
	AGENT_PEEK,		/* ptrace(2), PTRACE_PEEKDATA by another process */
	AGENT_POPULATE_READ,	/* MADV_POPULATE_READ of the page */
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

/* The most changes that agent_leaves() lists. */
#define AGENT_LEAVES_MAX 16

/* The border behind @addr's page: a straddling store fills AGENT_STRADDLE_SIDE bytes before and after it. */
char *agent_border(char *addr);

/* As used in names of variants: "store", "process_vm_writev". */
const char *agent_name(enum agent_kind k);
bool agent_writes(enum agent_kind k);

/*
 * Lists in @c what is left behind by an act of @k at the region's byte @at, as far as region_check() looks: how many
 * changes. None by readers, and by writers that make no difference to the content or write to a copy.
 */
size_t agent_leaves(enum agent_kind k, size_t at, uint8_t value, struct change c[AGENT_LEAVES_MAX]);

/*
 * How a protected page of a sync region turns this kind away, which may not wait there: a negative errno. 0: it waits,
 * or where agent_is_silent(), nobody is told that nothing was written.
 */
int agent_refusal(enum agent_kind k);
bool agent_is_silent(enum agent_kind k);

/* 0 when this machine can (what a kind needs of it is made then), else a negative errno and a line in @why (no io_uring: the knob to turn). */
int agent_can(enum agent_kind k, char *why, size_t len);

/*
 * Makes ready all but the act: what a kind needs to have done to the page before it is protected is done here. 0 or a
 * negative errno; then agent_free() has nothing to do.
 */
int agent_prepare(struct agent *a, enum agent_kind k, char *addr, uint8_t value);

/*
 * Starts what was prepared; returns once the thread exists, not when it has acted. Readers ignore the value. A child's
 * error is -EFAULT when it died by SIGSEGV or SIGBUS, -EINTR by another signal; a thread that the CPU
 * refuses an access takes the process with it, as it would outside a test.
 */
int agent_go(struct agent *a);

/* Both. */
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
