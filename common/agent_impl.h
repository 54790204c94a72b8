/* SPDX-License-Identifier: GPL-2.0 */
/*
 * agent_impl - the inside of an agent: what each kind does (agent_cpu.c and the like, listed in agent_act.c), and
 * how its thread is run and looked at (agent.c). Nothing else should include it.
 */
#ifndef COMMON_AGENT_IMPL_H
#define COMMON_AGENT_IMPL_H

#include <liburing.h>
#include <linux/futex.h>
#include <pthread.h>
#include <stdint.h>
#include <sys/uio.h>

#include "agent.h"

/* Whom a thread leaves its futex to when it ends. */
struct agent_will {
	struct robust_list_head head;
	struct robust_list entry;
	pthread_t thread;
	uint32_t made;		/* a futex: the owner's number is in the page */
	uint32_t die;		/* a futex */
};

struct agent_impl {
	const struct agent_act *act;
	char *addr;
	uint8_t value;		/* what is stored, or what was read */
	int error;		/* valid once done */
	int ends[2];		/* to read from and to write to; -1 where the kind needs none */
	struct io_uring ring;
	bool ring_open;
	struct agent_will *will;
	uint32_t tid;		/* who acts, a futex; 0: not there yet */
	uint32_t done;		/* a futex; set by the agent as its last deed */
	pid_t process, tracee;	/* whom other processes act upon: this one, and a thread of it */
	int cpu;		/* of the starter */
	bool started;
	pthread_t thread;
	int wchan_fd;		/* of wchan_tid, opened at the first look; -1 before */
	uint32_t wchan_tid;
};

/* Where data comes from or goes to. */
enum agent_channel {
	CHANNEL_NONE,
	CHANNEL_PIPE,
	CHANNEL_SOCKET,
	CHANNEL_MEMFD,
	CHANNEL_DIRECT,		/* a block device, past the page cache */
};

/* One kind. The act returns 0 or the kernel's own negative errno. */
struct agent_act {
	const char *name;
	bool writes;
	enum agent_channel channel;
	bool filled;		/* it holds the value already */
	bool uring;		/* needs a ring */
	bool forks;		/* sets tid itself: its child is who acts */
	bool silent;
	int refusal;
	int (*can)(char *why, size_t len);
	int (*prepare)(struct agent_impl *i);
	int (*act)(struct agent_impl *i);
	void (*release)(struct agent_impl *i);
	/* Without it: the value at @at where the kind writes. */
	size_t (*leaves)(size_t at, uint8_t value, struct change *c);
};

extern const struct agent_act agent_acts[AGENT_COUNT];

/* Sets *word, and wakes who waits for it. */
void agent_publish(uint32_t *word, uint32_t value);

/* Waits until *word isn't zero, @ns or until the deadline at most; what it is then. */
uint32_t agent_await(const uint32_t *word, int64_t deadline, int64_t ns);

/* Opens the ends that the kind needs, and puts the value there if it wants that. agent_channel.c */
int agent_open_channel(struct agent_impl *i);

/* The result of a system call that was to move one byte. */
int agent_moved_one(ssize_t n);

/* @n changes from @at on, all of @value; returns @n. */
size_t agent_leaves_bytes(size_t at, uint8_t value, size_t n, struct change *c);

/* agent_cpu.c */
int agent_store(struct agent_impl *i);
int agent_atomic(struct agent_impl *i);
int agent_straddle(struct agent_impl *i);
int agent_other_cpu(struct agent_impl *i);
int agent_can_other_cpu(char *why, size_t len);
int agent_load(struct agent_impl *i);

/* agent_signal.c */
int agent_handler(struct agent_impl *i);
int agent_signal_frame(struct agent_impl *i);
int agent_can_signal_frame(char *why, size_t len);

/* agent_call.c */
int agent_read(struct agent_impl *i);
int agent_pread(struct agent_impl *i);
int agent_recv(struct agent_impl *i);
int agent_vmsplice(struct agent_impl *i);
int agent_getrandom(struct agent_impl *i);
int agent_vm_writev(struct agent_impl *i);
int agent_proc_mem(struct agent_impl *i);
int agent_populate_write(struct agent_impl *i);
int agent_mlock(struct agent_impl *i);
int agent_write(struct agent_impl *i);
int agent_send(struct agent_impl *i);
int agent_vmsplice_from(struct agent_impl *i);
int agent_vm_readv(struct agent_impl *i);
int agent_proc_mem_read(struct agent_impl *i);
int agent_populate_read(struct agent_impl *i);

/* agent_futex.c */
int agent_futex(struct agent_impl *i);
int agent_futex_shared(struct agent_impl *i);
int agent_futex_wait(struct agent_impl *i);
int agent_robust_prepare(struct agent_impl *i);
int agent_robust(struct agent_impl *i);
void agent_robust_release(struct agent_impl *i);

/* agent_peer.c */
int agent_sharer(struct agent_impl *i);
int agent_fork_child(struct agent_impl *i);
int agent_peer_writev(struct agent_impl *i);
int agent_peer_proc_mem(struct agent_impl *i);
int agent_poke(struct agent_impl *i);
int agent_peek(struct agent_impl *i);
int agent_clear_tid(struct agent_impl *i);
int agent_rseq(struct agent_impl *i);
int agent_can_rseq(char *why, size_t len);

/* agent_uring.c */
int agent_can_uring(char *why, size_t len);
int agent_uring_read(struct agent_impl *i);
int agent_uring_register(struct agent_impl *i);
int agent_uring_fixed(struct agent_impl *i);
int agent_uring_pinned(struct agent_impl *i);
int agent_uring_write(struct agent_impl *i);

/* agent_direct.c */
int agent_can_direct(char *why, size_t len);
int agent_direct_open(struct agent_impl *i);
int agent_direct_fill(struct agent_impl *i);
int agent_direct_read(struct agent_impl *i);
int agent_direct_write(struct agent_impl *i);

#endif /* COMMON_AGENT_IMPL_H */
