// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <poll.h>

#include "deadline.h"
#include "waiter.h"

#define RING_ENTRIES 8
#define CANCEL_MS 5000
#define TAG_CANCEL 0

static int arm(struct waiter *w, int fd, unsigned int tag)
{
	struct io_uring_sqe *sqe = io_uring_get_sqe(&w->ring);
	int n;

	if (!sqe)
		return -EBUSY;
	io_uring_prep_poll_multishot(sqe, fd, POLLIN);
	io_uring_sqe_set_data64(sqe, tag);
	n = io_uring_submit(&w->ring);
	if (n < 0)
		return n;
	w->armed |= tag;
	return 0;
}

static int arm_all(struct waiter *w)
{
	int err = 0;

	if (!(w->armed & READY_EVENT))
		err = arm(w, w->fd, READY_EVENT);
	if (!err && w->stop_fd >= 0 && !(w->armed & READY_STOP))
		err = arm(w, w->stop_fd, READY_STOP);
	return err;
}

int waiter_open(struct waiter *w)
{
	/*
	 * Completions run only in the thread that waits for them: by default each would
	 * interrupt whatever system call the thread is in, the one under test included.
	 */
	unsigned int flags = IORING_SETUP_SINGLE_ISSUER | IORING_SETUP_DEFER_TASKRUN;
	int err;

	if (w->by_poll || w->ring_open)
		return 0;
	err = io_uring_queue_init(RING_ENTRIES, &w->ring, flags);
	if (err == -EINVAL)
		err = io_uring_queue_init(RING_ENTRIES, &w->ring, 0);
	if (err == -ENOSYS || err == -EPERM || err == -EACCES) {
		w->by_poll = true;
		return 0;
	}
	if (err)
		return err;
	w->ring_open = true;
	w->armed = 0;
	return 0;
}

/* Takes every completion that is there. */
static int reap(struct waiter *w)
{
	struct io_uring_cqe *cqe;
	unsigned int head, n = 0;
	int ready = 0, err = 0;

	io_uring_for_each_cqe(&w->ring, head, cqe) {
		unsigned int tag = io_uring_cqe_get_data64(cqe);

		n++;
		if (tag == TAG_CANCEL)
			continue;
		if (!(cqe->flags & IORING_CQE_F_MORE))
			w->armed &= ~tag;
		if (cqe->res < 0)
			err = cqe->res;
		else if (cqe->res & (POLLERR | POLLHUP | POLLNVAL))
			err = -EPIPE;
		else
			ready |= tag;
	}
	io_uring_cq_advance(&w->ring, n);
	return err ? err : ready;
}

static int wait_by_ring(struct waiter *w, int64_t deadline)
{
	int ms = deadline_left(deadline);
	struct __kernel_timespec ts = {
		.tv_sec = ms / 1000,
		.tv_nsec = ms % 1000 * 1000000LL,
	};
	struct io_uring_cqe *cqe;
	int err = waiter_open(w);

	if (err)
		return err;
	err = arm_all(w);
	if (err)
		return err;
	err = io_uring_wait_cqe_timeout(&w->ring, &cqe, &ts);
	if (err == -ETIME || err == -EINTR || err == -EAGAIN)
		return 0;
	return err ? err : reap(w);
}

static int wait_by_poll(struct waiter *w, int64_t deadline)
{
	struct pollfd fds[] = {
		{ .fd = w->fd, .events = POLLIN },
		{ .fd = w->stop_fd, .events = POLLIN },
	};

	if (poll(fds, 2, deadline_left(deadline)) < 0)
		return errno == EINTR ? 0 : -errno;
	if (fds[0].revents & (POLLERR | POLLHUP | POLLNVAL))
		return -EPIPE;
	return (fds[0].revents ? READY_EVENT : 0) | (fds[1].revents ? READY_STOP : 0);
}

int waiter_wait(struct waiter *w, int64_t deadline)
{
	int ready;

	do {
		ready = w->by_poll ? wait_by_poll(w, deadline) : wait_by_ring(w, deadline);
	} while (!ready && deadline_left(deadline));
	return ready;
}

static void ask_back(struct waiter *w)
{
	unsigned int tag;

	for (tag = READY_EVENT; tag <= READY_STOP; tag <<= 1) {
		struct io_uring_sqe *sqe = w->armed & tag ? io_uring_get_sqe(&w->ring) : NULL;

		if (!sqe)
			continue;
		io_uring_prep_poll_remove(sqe, tag);
		io_uring_sqe_set_data64(sqe, TAG_CANCEL);
	}
}

void waiter_close(struct waiter *w)
{
	int64_t deadline = deadline_in(CANCEL_MS);

	if (!w->ring_open)
		return;
	/*
	 * Left to the ring's end, the file would be dropped at some later time, by a worker.
	 * Asked more than once, because a poll that is just firing answers EALREADY and stays.
	 */
	while (w->armed && deadline_left(deadline)) {
		struct __kernel_timespec ts = { .tv_nsec = 100000000 };
		struct io_uring_cqe *cqe;

		ask_back(w);
		if (io_uring_submit_and_get_events(&w->ring) < 0)
			break;
		io_uring_wait_cqe_timeout(&w->ring, &cqe, &ts);
		reap(w);
	}
	io_uring_queue_exit(&w->ring);
	w->ring_open = false;
}
