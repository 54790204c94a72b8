/* SPDX-License-Identifier: GPL-2.0 */
/*
 * ready - asks the kernel in one of several ways whether a descriptor is readable.
 */
#ifndef COMMON_READY_H
#define COMMON_READY_H

#include <liburing.h>

enum ready_how {
	READY_POLL,
	READY_EPOLL,
	READY_SELECT,
	READY_URING,
};

struct ready {
	enum ready_how how;
	int fd;
	int epoll;
	struct io_uring ring;
};

/* From here on epoll waits for it. 0 or a negative errno. */
int ready_open(struct ready *r, enum ready_how how, int fd);
void ready_close(struct ready *r);

/* POLL* bits that hold now, POLLIN alone for select; 0 when there are none, or a negative errno. */
int ready_now(struct ready *r);

#endif /* COMMON_READY_H */
