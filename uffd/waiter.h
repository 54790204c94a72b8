/* SPDX-License-Identifier: GPL-2.0 */
/*
 * waiter - waits until a descriptor is readable, by a multishot poll on io_uring
 * or by poll(2). The pump's own; nothing else should include it.
 *
 * A ring belongs to the thread that first waits on it, and holds a reference to
 * the descriptor's file until waiter_close() has taken the polls back.
 */
#ifndef UFFD_WAITER_H
#define UFFD_WAITER_H

#include <liburing.h>
#include <stdbool.h>
#include <stdint.h>

#define READY_EVENT 1
#define READY_STOP 2

struct waiter {
	int fd;			/* what is waited for */
	int stop_fd;		/* an eventfd that ends the wait, or -1 */
	bool by_poll;
	bool ring_open;
	unsigned int armed;	/* polls in flight on the ring */
	struct io_uring ring;
};

/*
 * Makes the ring if it isn't there yet. Leaves by_poll set where io_uring is
 * switched off or not built. 0 or a negative errno.
 */
int waiter_open(struct waiter *w);

/* Afterwards the ring holds no reference any more. Opened again by the next wait. */
void waiter_close(struct waiter *w);

/*
 * READY_* bits, 0 at the deadline, -EPIPE for an error or hang-up on the
 * descriptor. Edges, not levels: read until EAGAIN before waiting again.
 */
int waiter_wait(struct waiter *w, int64_t deadline);

#endif /* UFFD_WAITER_H */
