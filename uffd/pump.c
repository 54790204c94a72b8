// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "deadline.h"
#include "pump.h"
#include "waiter.h"

/* The thread waits in pieces of this: a wake that got lost costs time, not the run. */
#define PIECE_MS 1000
#define STACK_SIZE (64 * 1024)

struct pump_impl {
	struct waiter waiter;
	enum pump_policy policy;
	pthread_t thread;
	bool running;
	int error;		/* the thread's first */
};

/* A blocking userfaultfd, or one before its handshake, can't be waited for. */
static int check_pollable(int fd)
{
	struct pollfd pfd = { .fd = fd, .events = POLLIN };

	if (poll(&pfd, 1, 0) < 0)
		return -errno;
	if (pfd.revents & POLLNVAL)
		return -EBADF;
	return pfd.revents & POLLERR ? -EINVAL : 0;
}

int pump_open(struct pump *p, const struct uffd *u, bool by_poll)
{
	int err = check_pollable(u->fd);

	*p = (struct pump){ .uffd = u, .page = sysconf(_SC_PAGESIZE) };
	if (err)
		return err;
	p->impl = calloc(1, sizeof(*p->impl));
	if (!p->impl)
		return -ENOMEM;
	p->impl->waiter.fd = u->fd;
	p->impl->waiter.stop_fd = -1;
	p->impl->waiter.by_poll = by_poll;
	err = waiter_open(&p->impl->waiter);
	if (err) {
		free(p->impl);
		p->impl = NULL;
		return err;
	}
	p->how = p->impl->waiter.by_poll ? PUMP_BY_POLL : PUMP_BY_URING;
	return 0;
}

void pump_close(struct pump *p)
{
	if (!p->impl)
		return;
	pump_stop(p);
	waiter_close(&p->impl->waiter);
	free(p->impl);
	p->impl = NULL;
}

const char *pump_how(const struct pump *p)
{
	return p->how == PUMP_BY_URING ? "io_uring" : "poll";
}

/* 1 with *msg filled and kept, 0 when none is pending. */
static int take(struct pump *p, struct uffd_msg *msg)
{
	ssize_t n = read(p->uffd->fd, msg, sizeof(*msg));

	if (n < 0)
		return errno == EAGAIN || errno == EINTR ? 0 : -errno;
	if (n != sizeof(*msg))
		return -EIO;
	if (p->count < PUMP_KEPT)
		p->msg[p->count] = *msg;
	p->count++;
	return 1;
}

int pump_next(struct pump *p, struct uffd_msg *msg, int ms)
{
	int64_t deadline = deadline_in(ms);
	int got = take(p, msg);

	while (!got) {
		int ready = deadline_left(deadline) ? waiter_wait(&p->impl->waiter, deadline) : 0;

		if (ready < 0)
			return ready;
		got = take(p, msg);
		if (!ready)
			break;
	}
	return got;
}

int pump_drain(struct pump *p)
{
	struct uffd_msg msg;
	int n = 0, got;

	while ((got = take(p, &msg)) > 0)
		n++;
	return got < 0 ? got : n;
}

int pump_answer(struct pump *p, const struct uffd_msg *msg, enum pump_policy policy)
{
	char *page = (char *)(uintptr_t)(msg->arg.pagefault.address & ~((uint64_t)p->page - 1));

	if (msg->event != UFFD_EVENT_PAGEFAULT)
		return 0;
	switch (policy) {
	case PUMP_RECORD:
		return 0;
	case PUMP_UNPROTECT:
		return uffd_writeprotect(p->uffd, page, p->page, 0);
	case PUMP_COPY:
		return uffd_copy(p->uffd, page, p->source, p->page, 0, NULL);
	case PUMP_ZERO:
		return uffd_zeropage(p->uffd, page, p->page, 0, NULL);
	case PUMP_WAKE:
		return uffd_wake(p->uffd, page, p->page);
	}
	return -EINVAL;
}

/* Takes and answers one; whether one was there. */
static bool answer_next(struct pump *p)
{
	struct uffd_msg msg;
	int err = take(p, &msg);
	bool got = err > 0;

	if (got)
		err = pump_answer(p, &msg, p->impl->policy);
	if (err < 0 && !p->impl->error)
		p->impl->error = err;
	return got;
}

static void *run(void *arg)
{
	struct pump *p = arg;
	struct waiter *w = &p->impl->waiter;
	bool stopping = false;

	for (;;) {
		int ready;

		while (answer_next(p))
			;
		if (stopping)
			break;
		ready = waiter_wait(w, deadline_in(PIECE_MS));
		if (ready < 0) {
			p->impl->error = p->impl->error ? p->impl->error : ready;
			break;
		}
		stopping = ready & READY_STOP;
	}
	waiter_close(w);
	return NULL;
}

int pump_start(struct pump *p, enum pump_policy policy)
{
	struct pump_impl *i = p->impl;
	pthread_attr_t attr;
	int err;

	if (i->running)
		return -EBUSY;
	waiter_close(&i->waiter);
	i->policy = policy;
	i->error = 0;
	i->waiter.stop_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (i->waiter.stop_fd < 0)
		return -errno;
	pthread_attr_init(&attr);
	pthread_attr_setstacksize(&attr, STACK_SIZE);
	err = -pthread_create(&i->thread, &attr, run, p);
	pthread_attr_destroy(&attr);
	i->running = !err;
	if (err) {
		close(i->waiter.stop_fd);
		i->waiter.stop_fd = -1;
	}
	return err;
}

int pump_stop(struct pump *p)
{
	struct pump_impl *i = p->impl;

	if (!i || !i->running)
		return 0;
	eventfd_write(i->waiter.stop_fd, 1);
	pthread_join(i->thread, NULL);
	close(i->waiter.stop_fd);
	i->waiter.stop_fd = -1;
	i->running = false;
	return i->error;
}
