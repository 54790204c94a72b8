// SPDX-License-Identifier: GPL-2.0
/* Agents that have the kernel read or write a page by a system call of their own. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <unistd.h>

#include "agent_impl.h"

#ifndef MADV_POPULATE_READ
#define MADV_POPULATE_READ 22
#define MADV_POPULATE_WRITE 23
#endif

int agent_moved_one(ssize_t n)
{
	if (n == 1)
		return 0;
	return n < 0 ? -errno : -EIO;
}

int agent_read(struct agent_impl *i)
{
	return agent_moved_one(read(i->ends[0], i->addr, 1));
}

int agent_pread(struct agent_impl *i)
{
	return agent_moved_one(pread(i->ends[0], i->addr, 1, 0));
}

int agent_recv(struct agent_impl *i)
{
	return agent_moved_one(recv(i->ends[0], i->addr, 1, 0));
}

int agent_vmsplice(struct agent_impl *i)
{
	struct iovec to = { .iov_base = i->addr, .iov_len = 1 };

	return agent_moved_one(vmsplice(i->ends[0], &to, 1, 0));
}

int agent_getrandom(struct agent_impl *i)
{
	int err = agent_moved_one(getrandom(i->addr, 1, 0));

	return err ? err : agent_load(i);
}

int agent_vm_writev(struct agent_impl *i)
{
	struct iovec local = { .iov_base = &i->value, .iov_len = 1 };
	struct iovec remote = { .iov_base = i->addr, .iov_len = 1 };

	return agent_moved_one(process_vm_writev(i->process, &local, 1, &remote, 1, 0));
}

static int by_proc_mem(struct agent_impl *i, int flags)
{
	int fd = open("/proc/self/mem", flags | O_CLOEXEC), err;
	off_t at = (uintptr_t)i->addr;

	if (fd < 0)
		return -errno;
	err = agent_moved_one(flags == O_WRONLY ? pwrite(fd, &i->value, 1, at) : pread(fd, &i->value, 1, at));
	close(fd);
	return err;
}

int agent_proc_mem(struct agent_impl *i)
{
	return by_proc_mem(i, O_WRONLY);
}

int agent_proc_mem_read(struct agent_impl *i)
{
	return by_proc_mem(i, O_RDONLY);
}

static int advise(struct agent_impl *i, int advice)
{
	return madvise(agent_border(i->addr) - page_size(), page_size(), advice) ? -errno : 0;
}

int agent_populate_write(struct agent_impl *i)
{
	return advise(i, MADV_POPULATE_WRITE);
}

int agent_populate_read(struct agent_impl *i)
{
	int err = advise(i, MADV_POPULATE_READ);

	return err ? err : agent_load(i);
}

int agent_mlock(struct agent_impl *i)
{
	return mlock(i->addr, 1) || munlock(i->addr, 1) ? -errno : 0;
}

/* The byte is on its way: what arrives is what was read. */
static int arrives(struct agent_impl *i, int err)
{
	return err ? err : agent_moved_one(read(i->ends[0], &i->value, 1));
}

int agent_write(struct agent_impl *i)
{
	return arrives(i, agent_moved_one(write(i->ends[1], i->addr, 1)));
}

int agent_send(struct agent_impl *i)
{
	return arrives(i, agent_moved_one(send(i->ends[1], i->addr, 1, 0)));
}

int agent_vmsplice_from(struct agent_impl *i)
{
	struct iovec from = { .iov_base = i->addr, .iov_len = 1 };

	return arrives(i, agent_moved_one(vmsplice(i->ends[1], &from, 1, 0)));
}

int agent_vm_readv(struct agent_impl *i)
{
	struct iovec local = { .iov_base = &i->value, .iov_len = 1 };
	struct iovec remote = { .iov_base = i->addr, .iov_len = 1 };

	return agent_moved_one(process_vm_readv(i->process, &local, 1, &remote, 1, 0));
}
