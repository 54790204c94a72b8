// SPDX-License-Identifier: GPL-2.0
/* Agents that are processes of their own, in our memory or upon it. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "agent_impl.h"
#include "beside.h"

/* As the first user of rseq(2) made them: any kernel that has the call takes them. */
#define RSEQ_SIZE 32
#define RSEQ_SIGNATURE 0x53053053
#define RSEQ_UNREGISTER 1

static int by_child(struct agent_impl *i, bool shares, int (*deed)(void *arg))
{
	struct beside b;
	int err = beside_start(&b, shares, deed, i);

	if (err)
		return err;
	agent_publish(&i->tid, b.pid);
	return beside_wait(&b);
}

static int store(void *arg)
{
	return agent_store(arg);
}

int agent_sharer(struct agent_impl *i)
{
	return by_child(i, true, store);
}

int agent_fork_child(struct agent_impl *i)
{
	return by_child(i, false, store);
}

static int vm_writev(void *arg)
{
	return agent_vm_writev(arg);
}

int agent_peer_writev(struct agent_impl *i)
{
	return by_child(i, false, vm_writev);
}

static int proc_mem(void *arg)
{
	struct agent_impl *i = arg;
	char path[32];
	int fd;

	snprintf(path, sizeof(path), "/proc/%d/mem", i->process);
	fd = open(path, O_WRONLY | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	return agent_moved_one(pwrite(fd, &i->value, 1, (uintptr_t)i->addr));
}

int agent_peer_proc_mem(struct agent_impl *i)
{
	return by_child(i, false, proc_mem);
}

static int poke(void *arg)
{
	struct agent_impl *i = arg;
	int err = beside_trace(i->tracee);

	if (!err && ptrace(PTRACE_POKEDATA, i->tracee, i->addr, i->value * 0x0101010101010101UL))
		err = -errno;
	return err;
}

static int peek(void *arg)
{
	struct agent_impl *i = arg;
	int err = beside_trace(i->tracee);
	long word;

	if (err)
		return err;
	/* The system call: the library's answer can't be told from an error. */
	err = syscall(SYS_ptrace, PTRACE_PEEKDATA, i->tracee, i->addr, &word) ? -errno : 0;
	memcpy(&i->value, &word, 1);
	return err;
}

/* The thread that waits for its child is the one that is traced; with the child's end that is over. */
static int by_tracer(struct agent_impl *i, int (*deed)(void *arg))
{
	/* Where Yama asks for it; elsewhere this is an error that changes nothing. */
	prctl(PR_SET_PTRACER, PR_SET_PTRACER_ANY);
	i->tracee = syscall(SYS_gettid);
	return by_child(i, true, deed);
}

int agent_poke(struct agent_impl *i)
{
	return by_tracer(i, poke);
}

int agent_peek(struct agent_impl *i)
{
	return by_tracer(i, peek);
}

static int leave_tid_to_clear(void *arg)
{
	struct agent_impl *i = arg;

	syscall(SYS_set_tid_address, i->addr);
	return 0;
}

int agent_clear_tid(struct agent_impl *i)
{
	return by_child(i, true, leave_tid_to_clear);
}

/* Registered in a process that is new: threads have an area of the library's. The kernel writes as the call returns. */
static int rseq(void *arg)
{
	struct agent_impl *i = arg;

	if (syscall(SYS_rseq, i->addr, RSEQ_SIZE, 0, RSEQ_SIGNATURE) ||
	    syscall(SYS_rseq, i->addr, RSEQ_SIZE, RSEQ_UNREGISTER, RSEQ_SIGNATURE))
		return -errno;
	return 0;
}

int agent_rseq(struct agent_impl *i)
{
	return by_child(i, true, rseq);
}

int agent_can_rseq(char *why, size_t len)
{
	/* Everything is wrong about this call, but where there is none that is found out first. */
	syscall(SYS_rseq, NULL, 0, ~0, 0);
	if (errno != ENOSYS)
		return 0;
	snprintf(why, len, "no rseq(2): build the kernel with CONFIG_RSEQ");
	return -ENOTSUP;
}
