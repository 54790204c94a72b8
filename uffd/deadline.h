/* SPDX-License-Identifier: GPL-2.0 */
/*
 * deadline - a moment of CLOCK_MONOTONIC, in nanoseconds, at which waiting ends.
 *
 * Whoever waits keeps the moment, not the rest: a wait that a signal cuts short
 * is begun again with what is left. Deadlines end hangs, they measure nothing.
 */
#ifndef UFFD_DEADLINE_H
#define UFFD_DEADLINE_H

#include <stdint.h>
#include <time.h>

/* The moment @ms milliseconds from now; 0 and less: now. */
int64_t deadline_in(int ms);

/* Milliseconds left, rounded up so that 0 means that it has passed. */
int deadline_left(int64_t deadline);

/* The moment as an absolute time, at most @ns nanoseconds from now. */
struct timespec deadline_or_ns(int64_t deadline, int64_t ns);

#endif /* UFFD_DEADLINE_H */
