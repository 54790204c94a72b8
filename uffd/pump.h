/* SPDX-License-Identifier: GPL-2.0 */
/*
 * pump - takes events off a non-blocking userfaultfd and answers them.
 *
 * Waits by a multishot poll on io_uring, or by poll(2) where io_uring is
 * switched off (kernel.io_uring_disabled) or not built; pump_how() says which.
 * A *blocking* userfaultfd answers POLLERR to every poll: pump_open() refuses it
 * with -EINVAL. Nothing here sleeps: every wait ends by an event or a deadline
 * in milliseconds. 0 or a negative errno where not said otherwise.
 */
#ifndef UFFD_PUMP_H
#define UFFD_PUMP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "uffd.h"

enum pump_how {
	PUMP_BY_URING,
	PUMP_BY_POLL,
};

/* What an event gets. */
enum pump_policy {
	PUMP_RECORD,		/* nothing: the faulting thread stays blocked */
	PUMP_UNPROTECT,		/* un-protect the touched page and wake */
	PUMP_COPY,		/* UFFDIO_COPY of pump.source, one page */
	PUMP_ZERO,		/* UFFDIO_ZEROPAGE, one page */
	PUMP_WAKE,		/* wake without resolving: the fault comes again */
};

#define PUMP_KEPT 64

struct pump {
	const struct uffd *uffd;
	enum pump_how how;
	struct uffd_msg msg[PUMP_KEPT];	/* the first PUMP_KEPT events, in order */
	size_t count;		/* events taken, may exceed PUMP_KEPT */
	size_t page;		/* bytes that a policy resolves, aligned; pump_open() sets a base page */
	const void *source;	/* PUMP_COPY's page, set after pump_open() */
	struct pump_impl *impl;
};

/* @by_poll forces the fallback. An unopened pump may be closed when it is all zero. */
int pump_open(struct pump *p, const struct uffd *u, bool by_poll);
void pump_close(struct pump *p);

/* "io_uring" or "poll". */
const char *pump_how(const struct pump *p);

/*
 * The next event, waiting up to @ms for it. 1 with *msg filled, 0 when none came
 * by the deadline, -EPIPE when poll reported an error or hang-up.
 */
int pump_next(struct pump *p, struct uffd_msg *msg, int ms);

/* Takes what is pending now without waiting; returns how many came, or a negative errno. */
int pump_drain(struct pump *p);

/* Answers one event as @policy says; the ioctl's own result. Nothing for other events than page faults. */
int pump_answer(struct pump *p, const struct uffd_msg *msg, enum pump_policy policy);

/*
 * A thread that takes and answers every event until pump_stop(), those included that are
 * pending then; what it took is in p->msg and p->count afterwards. pump_stop() returns the
 * first error that an answer or the waiting met; the thread goes on after one of an answer.
 */
int pump_start(struct pump *p, enum pump_policy policy);
int pump_stop(struct pump *p);

#endif /* UFFD_PUMP_H */
