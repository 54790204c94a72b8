// SPDX-License-Identifier: GPL-2.0
/* The kinds of agents: what each is called, needs and leaves behind. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif

#include <errno.h>

#include "agent_impl.h"

#define WORD 8

size_t agent_leaves_bytes(size_t at, uint8_t value, size_t n, struct change *c)
{
	size_t i;

	for (i = 0; i < n; i++)
		c[i] = (struct change){ at + i, value };
	return n;
}

static size_t leaves_nothing(size_t at, uint8_t value, struct change *c)
{
	return agent_leaves_bytes(at, value, 0, c);
}

static size_t leaves_word(size_t at, uint8_t value, struct change *c)
{
	return agent_leaves_bytes(at, value, WORD, c);
}

static size_t leaves_straddling(size_t at, uint8_t value, struct change *c)
{
	size_t border = (at / page_size() + 1) * page_size();

	return agent_leaves_bytes(border - AGENT_STRADDLE_SIDE, value, 2 * AGENT_STRADDLE_SIDE, c);
}

/* The first and last words are what is looked at. */
static size_t leaves_page(size_t at, uint8_t value, struct change *c)
{
	size_t page = at / page_size() * page_size();

	return agent_leaves_bytes(page, value, WORD, c) +
	       agent_leaves_bytes(page + page_size() - WORD, value, WORD, c + WORD);
}

/* Of a little endian's number of 32 bits. */
static size_t leaves_number(size_t at, uint32_t number, struct change *c)
{
	size_t i;

	for (i = 0; i < sizeof(number); i++)
		c[i] = (struct change){ at + i, number >> 8 * i };
	return sizeof(number);
}

static size_t leaves_int(size_t at, uint8_t value, struct change *c)
{
	return leaves_number(at, value, c);
}

static size_t leaves_zero(size_t at, uint8_t value, struct change *c)
{
	(void)value;
	return leaves_number(at, 0, c);
}

static size_t leaves_owner_died(size_t at, uint8_t value, struct change *c)
{
	(void)value;
	return leaves_number(at, FUTEX_OWNER_DIED, c);
}

/* Unregistered again: the first CPU's number where it began, and none where it is. */
static size_t leaves_no_cpu(size_t at, uint8_t value, struct change *c)
{
	(void)value;
	return leaves_number(at, 0, c) + leaves_number(at + sizeof(uint32_t), -1, c + sizeof(uint32_t));
}

#define FROM(kind) .writes = true, .channel = CHANNEL_##kind, .filled = true
#define TO(kind) .channel = CHANNEL_##kind
#define BY_URING .uring = true, .can = agent_can_uring
#define CHILD .forks = true
#define MAKES_WRITABLE .writes = true, .leaves = leaves_nothing

const struct agent_act agent_acts[AGENT_COUNT] = {
	[AGENT_STORE] = { "store", .writes = true, .act = agent_store },
	[AGENT_ATOMIC] = { "atomic", .writes = true, .act = agent_atomic },
	[AGENT_STRADDLE] = { "straddle", .writes = true, .act = agent_straddle, .leaves = leaves_straddling },
	[AGENT_OTHER_CPU] = { "other_cpu", .writes = true, .can = agent_can_other_cpu, .act = agent_other_cpu },
	[AGENT_HANDLER] = { "signal_handler", .writes = true, .act = agent_handler },
	[AGENT_SHARER] = { "memory_sharer", .writes = true, CHILD, .act = agent_sharer },
	[AGENT_FORK_CHILD] = {
		"fork_child", .writes = true, CHILD, .act = agent_fork_child, .leaves = leaves_nothing,
	},

	[AGENT_READ] = { "read", FROM(PIPE), .act = agent_read },
	[AGENT_PREAD] = { "pread", FROM(MEMFD), .act = agent_pread },
	[AGENT_RECV] = { "recv", FROM(SOCKET), .act = agent_recv },
	[AGENT_VMSPLICE] = { "vmsplice", FROM(PIPE), .act = agent_vmsplice },
	[AGENT_GETRANDOM] = { "getrandom", .writes = true, .act = agent_getrandom },
	[AGENT_VM_WRITEV] = { "process_vm_writev", .writes = true, .act = agent_vm_writev },
	[AGENT_PEER_WRITEV] = { "peer_process_vm_writev", .writes = true, CHILD, .act = agent_peer_writev },
	[AGENT_FUTEX_SHARED] = { "futex_shared", .writes = true, .act = agent_futex_shared, .leaves = leaves_int },
	[AGENT_DIRECT_READ] = {
		"direct_read", FROM(DIRECT), .can = agent_can_direct, .act = agent_direct_read, .leaves = leaves_page,
	},
	[AGENT_URING_READ] = { "io_uring_read", FROM(PIPE), BY_URING, .act = agent_uring_read },
	[AGENT_URING_FIXED] = { "io_uring_fixed", FROM(PIPE), BY_URING, .act = agent_uring_fixed },
	[AGENT_URING_PINNED] = {
		"io_uring_pinned", FROM(PIPE), BY_URING, .prepare = agent_uring_register, .act = agent_uring_pinned,
	},
	[AGENT_POPULATE_WRITE] = { "populate_write", MAKES_WRITABLE, .act = agent_populate_write },
	[AGENT_MLOCK] = { "mlock", MAKES_WRITABLE, .act = agent_mlock },

	[AGENT_RSEQ] = {
		"rseq", .writes = true, CHILD, .can = agent_can_rseq, .act = agent_rseq, .leaves = leaves_no_cpu,
	},
	[AGENT_SIGNAL_FRAME] = {
		"signal_frame", .writes = true, .can = agent_can_signal_frame, .act = agent_signal_frame,
		.leaves = leaves_nothing,
	},

	[AGENT_PROC_MEM] = { "proc_mem", .writes = true, .refusal = -EIO, .act = agent_proc_mem },
	[AGENT_PEER_PROC_MEM] = {
		"peer_proc_mem", .writes = true, CHILD, .refusal = -EIO, .act = agent_peer_proc_mem,
	},
	[AGENT_POKE] = {
		"ptrace_poke", .writes = true, CHILD, .refusal = -EIO, .act = agent_poke, .leaves = leaves_word,
	},
	[AGENT_FUTEX] = {
		"futex", .writes = true, .refusal = -EFAULT, .act = agent_futex, .leaves = leaves_int,
	},
	[AGENT_CLEAR_TID] = {
		"clear_child_tid", .writes = true, CHILD, .silent = true, .act = agent_clear_tid, .leaves = leaves_zero,
	},
	[AGENT_ROBUST] = {
		"robust_futex", .writes = true, .silent = true, .prepare = agent_robust_prepare, .act = agent_robust,
		.release = agent_robust_release, .leaves = leaves_owner_died,
	},

	[AGENT_LOAD] = { "load", .act = agent_load },
	[AGENT_WRITE] = { "write", TO(PIPE), .act = agent_write },
	[AGENT_SEND] = { "send", TO(SOCKET), .act = agent_send },
	[AGENT_VMSPLICE_FROM] = { "vmsplice_from", TO(PIPE), .act = agent_vmsplice_from },
	[AGENT_VM_READV] = { "process_vm_readv", .act = agent_vm_readv },
	[AGENT_DIRECT_WRITE] = { "direct_write", TO(DIRECT), .can = agent_can_direct, .act = agent_direct_write },
	[AGENT_URING_WRITE] = { "io_uring_write", TO(PIPE), BY_URING, .act = agent_uring_write },
	[AGENT_FUTEX_WAIT] = { "futex_wait", .act = agent_futex_wait },
	[AGENT_PROC_MEM_READ] = { "proc_mem_read", .act = agent_proc_mem_read },
	[AGENT_PEEK] = { "ptrace_peek", CHILD, .act = agent_peek },
	[AGENT_POPULATE_READ] = { "populate_read", .act = agent_populate_read },
};

const char *agent_name(enum agent_kind k)
{
	return agent_acts[k].name;
}

bool agent_writes(enum agent_kind k)
{
	return agent_acts[k].writes;
}

int agent_refusal(enum agent_kind k)
{
	return agent_acts[k].refusal;
}

bool agent_is_silent(enum agent_kind k)
{
	return agent_acts[k].silent;
}

size_t agent_leaves(enum agent_kind k, size_t at, uint8_t value, struct change c[AGENT_LEAVES_MAX])
{
	if (agent_acts[k].leaves)
		return agent_acts[k].leaves(at, value, c);
	return agent_leaves_bytes(at, value, agent_acts[k].writes, c);
}
