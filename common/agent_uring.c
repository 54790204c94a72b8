// SPDX-License-Identifier: GPL-2.0
/* Agents that read or write by io_uring: into plain memory, and into registered buffers, which are pinned. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "agent_impl.h"

int agent_can_uring(char *why, size_t len)
{
	struct io_uring ring;
	int err = io_uring_queue_init(1, &ring, 0);

	if (!err)
		io_uring_queue_exit(&ring);
	else if (err == -ENOSYS)
		snprintf(why, len, "no io_uring: kernel built without CONFIG_IO_URING");
	else
		snprintf(why, len, "no io_uring (%s): set sysctl kernel.io_uring_disabled=0",
			 strerror(-err));
	return err;
}

/* Submits what was prepared, and waits for its one byte. */
static int one_byte(struct agent_impl *i)
{
	struct io_uring_cqe *cqe;
	int err = io_uring_submit(&i->ring);

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

/*
 * From a pipe, because a pipe that holds the data is read within the submitting system
 * call, in the caller's own context. A read from a memfd or a file without FMODE_NOWAIT is
 * always handed to a worker thread, and who sleeps then is the worker.
 */
int agent_uring_read(struct agent_impl *i)
{
	io_uring_prep_read(io_uring_get_sqe(&i->ring), i->ends[0], i->addr, 1, 0);
	return one_byte(i);
}

int agent_uring_register(struct agent_impl *i)
{
	struct iovec page = { .iov_base = agent_border(i->addr) - page_size(), .iov_len = page_size() };

	return io_uring_register_buffers(&i->ring, &page, 1);
}

int agent_uring_pinned(struct agent_impl *i)
{
	io_uring_prep_read_fixed(io_uring_get_sqe(&i->ring), i->ends[0], i->addr, 1, 0, 0);
	return one_byte(i);
}

int agent_uring_fixed(struct agent_impl *i)
{
	int err = agent_uring_register(i);

	return err ? err : agent_uring_pinned(i);
}

int agent_uring_write(struct agent_impl *i)
{
	int err;

	io_uring_prep_write(io_uring_get_sqe(&i->ring), i->ends[1], i->addr, 1, 0);
	err = one_byte(i);
	return err ? err : agent_moved_one(read(i->ends[0], &i->value, 1));
}
