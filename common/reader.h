/* SPDX-License-Identifier: GPL-2.0 */
/*
 * reader - a thread pinned to one CPU that keeps the translation of one byte warm there.
 *
 * It loads the byte over and over; reader_look() has it load once more and says what came. 0 or a negative errno.
 */
#ifndef COMMON_READER_H
#define COMMON_READER_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

struct reader {
	const uint8_t *at;
	int cpu;
	pthread_t thread;
	atomic_ulong loads;	/* how many it has done */
	atomic_bool stop;
	atomic_uchar seen;	/* by the last load */
};

/* Starts on @cpu and returns once the translation is warm; -EINVAL when the machine doesn't let it run there. */
int reader_start(struct reader *r, const void *at, int cpu);

/* What a load that began after the call sees. */
uint8_t reader_look(struct reader *r);
void reader_stop(struct reader *r);

/* A CPU that the caller may run on and isn't on now; -1 where there is just one. */
int reader_other_cpu(void);

#endif /* COMMON_READER_H */
