// SPDX-License-Identifier: GPL-2.0
/* What each kind of agent does: one access, by the kernel's or the CPU's own means. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../uffd/compiler.h"
#include "agent_impl.h"

static int store(struct agent_impl *i)
{
	__atomic_store_n((uint8_t *)i->addr, i->value, __ATOMIC_RELAXED);
	return 0;
}

static int load(struct agent_impl *i)
{
	i->value = READ_ONCE(*i->addr);
	return 0;
}

static int atomic(struct agent_impl *i)
{
	__atomic_exchange_n((uint8_t *)i->addr, i->value, __ATOMIC_SEQ_CST);
	return 0;
}

/* Spelt out where we know how, because a compiler may take an unaligned store to pieces. */
static void store_unaligned(char *at, uint64_t v)
{
#if defined(__x86_64__)
	asm volatile("movq %1, (%0)" : : "r"(at), "r"(v) : "memory");
#elif defined(__aarch64__)
	asm volatile("str %1, [%0]" : : "r"(at), "r"(v) : "memory");
#else
	memcpy(at, &v, sizeof(v));
	asm volatile("" : : : "memory");
#endif
}

static int straddle(struct agent_impl *i)
{
	store_unaligned(agent_border(i->addr) - AGENT_STRADDLE_SIDE, i->value * 0x0101010101010101ULL);
	return 0;
}

/* The result of a system call that was to move one byte. */
static int moved_one(ssize_t n)
{
	if (n == 1)
		return 0;
	return n < 0 ? -errno : -EIO;
}

static int by_read(struct agent_impl *i)
{
	return moved_one(read(i->pipe[0], i->addr, 1));
}

static int by_write(struct agent_impl *i)
{
	int err = moved_one(write(i->pipe[1], i->addr, 1));

	return err ? err : moved_one(read(i->pipe[0], &i->value, 1));
}

static int by_vm_writev(struct agent_impl *i)
{
	struct iovec local = { .iov_base = &i->value, .iov_len = 1 };
	struct iovec remote = { .iov_base = i->addr, .iov_len = 1 };

	return moved_one(process_vm_writev(getpid(), &local, 1, &remote, 1, 0));
}

static int by_vm_readv(struct agent_impl *i)
{
	struct iovec local = { .iov_base = &i->value, .iov_len = 1 };
	struct iovec remote = { .iov_base = i->addr, .iov_len = 1 };

	return moved_one(process_vm_readv(getpid(), &local, 1, &remote, 1, 0));
}

/*
 * From a pipe, because a pipe that holds the data is read within the submitting system
 * call, in the caller's own context. A read from a memfd or a file without FMODE_NOWAIT is
 * always handed to a worker thread, and who sleeps then is the worker.
 */
static int by_uring(struct agent_impl *i)
{
	struct io_uring_sqe *sqe = io_uring_get_sqe(&i->ring);
	struct io_uring_cqe *cqe;
	int err;

	io_uring_prep_read(sqe, i->pipe[0], i->addr, 1, 0);
	err = io_uring_submit(&i->ring);
	if (err < 0)
		return err;
	do {
		err = io_uring_wait_cqe(&i->ring, &cqe);
	} while (err == -EINTR);
	if (err)
		return err;
	err = cqe->res == 1 ? 0 : cqe->res < 0 ? cqe->res : -EIO;
	io_uring_cqe_seen(&i->ring, cqe);
	return err;
}

static int by_proc_mem(struct agent_impl *i)
{
	int fd = open("/proc/self/mem", O_WRONLY | O_CLOEXEC), err;

	if (fd < 0)
		return -errno;
	err = moved_one(pwrite(fd, &i->value, 1, (uintptr_t)i->addr));
	close(fd);
	return err;
}

static void act_in_child(struct agent_impl *i, pid_t parent)
{
	/* The signal comes when the agent's thread ends, so a blocked child outlives nobody. */
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() == parent)
		store(i);
	_exit(0);
}

static int by_fork_child(struct agent_impl *i)
{
	pid_t parent = getpid();
	pid_t child = fork();
	int status;

	if (child < 0)
		return -errno;
	if (!child)
		act_in_child(i, parent);
	agent_publish(&i->tid, child);
	while (waitpid(child, &status, 0) < 0)
		if (errno != EINTR)
			return -errno;
	if (WIFEXITED(status))
		return WEXITSTATUS(status) ? -EIO : 0;
	return WTERMSIG(status) == SIGSEGV || WTERMSIG(status) == SIGBUS ? -EFAULT : -EINTR;
}

const struct agent_act agent_acts[AGENT_COUNT] = {
	[AGENT_STORE] = { "store", .writes = true, .act = store },
	[AGENT_ATOMIC] = { "atomic", .writes = true, .act = atomic },
	[AGENT_STRADDLE] = { "straddle", .writes = true, .act = straddle },
	[AGENT_READ] = {
		"read", .writes = true, .pipe = true, .filled = true, .act = by_read,
	},
	[AGENT_VM_WRITEV] = { "process_vm_writev", .writes = true, .act = by_vm_writev },
	[AGENT_URING_READ] = {
		"io_uring_read", .writes = true, .pipe = true, .filled = true, .uring = true,
		.act = by_uring,
	},
	[AGENT_PROC_MEM] = { "proc_mem", .writes = true, .act = by_proc_mem },
	[AGENT_FORK_CHILD] = {
		"fork_child", .writes = true, .forks = true, .act = by_fork_child,
	},
	[AGENT_LOAD] = { "load", .act = load },
	[AGENT_WRITE] = { "write", .pipe = true, .act = by_write },
	[AGENT_VM_READV] = { "process_vm_readv", .act = by_vm_readv },
};
