// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/select.h>
#include <unistd.h>

#include "ready.h"

int ready_open(struct ready *r, enum ready_how how, int fd)
{
	struct epoll_event in = { .events = EPOLLIN };

	r->how = how;
	r->fd = fd;
	r->epoll = -1;
	if (how == READY_URING)
		return io_uring_queue_init(1, &r->ring, 0);
	if (how != READY_EPOLL)
		return 0;
	r->epoll = epoll_create1(EPOLL_CLOEXEC);
	return r->epoll < 0 || epoll_ctl(r->epoll, EPOLL_CTL_ADD, fd, &in) ? -errno : 0;
}

void ready_close(struct ready *r)
{
	if (r->how == READY_URING && r->ring.ring_fd)
		io_uring_queue_exit(&r->ring);
	if (r->how == READY_EPOLL && r->epoll >= 0)
		close(r->epoll);
}

static int by_poll(struct ready *r)
{
	struct pollfd p = { .fd = r->fd, .events = POLLIN };

	return poll(&p, 1, 0) < 0 ? -errno : p.revents;
}

static int by_epoll(struct ready *r)
{
	struct epoll_event event = { 0 };

	return epoll_wait(r->epoll, &event, 1, 0) < 0 ? -errno : (int)event.events;
}

static int by_select(struct ready *r)
{
	struct timeval none = { 0 };
	fd_set in;
	int n;

	FD_ZERO(&in);
	FD_SET(r->fd, &in);
	n = select(r->fd + 1, &in, NULL, NULL, &none);
	return n < 0 ? -errno : n ? POLLIN : 0;
}

/* What is ready is answered as the poll is submitted; one that isn't is taken back. */
static int by_uring(struct ready *r)
{
	struct io_uring_sqe *sqe = io_uring_get_sqe(&r->ring);
	struct io_uring_cqe *cqe;
	int err, said;

	io_uring_prep_poll_add(sqe, r->fd, POLLIN);
	io_uring_sqe_set_data64(sqe, 1);
	err = io_uring_submit(&r->ring);
	if (err < 0)
		return err;
	if (!io_uring_peek_cqe(&r->ring, &cqe)) {
		said = cqe->res;
		io_uring_cqe_seen(&r->ring, cqe);
		return said;
	}
	io_uring_prep_poll_remove(io_uring_get_sqe(&r->ring), 1);
	err = io_uring_submit_and_wait(&r->ring, 2);
	io_uring_cq_advance(&r->ring, 2);
	return err < 0 ? err : 0;
}

int ready_now(struct ready *r)
{
	switch (r->how) {
	case READY_POLL:
		return by_poll(r);
	case READY_EPOLL:
		return by_epoll(r);
	case READY_SELECT:
		return by_select(r);
	case READY_URING:
		return by_uring(r);
	}
	return -EINVAL;
}
