/* SPDX-License-Identifier: GPL-2.0 */
/*
 * storm - a thread that writes to a region as fast as it can, and the memory of what was collected of it.
 *
 * Every write stores the next number of one sequence in the first word of one of a few pages, spread over the region,
 * so that a page's content tells which write was its last. The shadow holds what a collector copied of the pages that
 * scans reported: where it differs from memory while the writer rests, a write went unreported. Nothing here sleeps:
 * waits yield the CPU and end at a deadline in milliseconds. 0 or a negative errno where not said otherwise.
 */
#ifndef COMMON_STORM_H
#define COMMON_STORM_H

#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>

#include "../uffd/scan.h"
#include "region.h"

/* So many pages are written in turn: few enough for each to be written again while its translation is warm. */
#define STORM_PAGES 64

struct storm {
	const struct region *region;
	int cpu;			/* the writer's, -1: any */
	pthread_t thread;
	bool started;
	atomic_bool stop;
	sem_t turn;			/* posted when the quota grows */
	atomic_uint_fast64_t quota;	/* the number of the last write that is allowed */
	atomic_uint_fast64_t written;	/* that of the last one done */
	uint64_t *shadow;		/* one word a page */
};

/*
 * Starts the writer, at rest, with what memory holds now as the shadow. It sleeps until its turn, but on a @cpu of its
 * own it waits without entering the kernel, so that its translations stay warm.
 */
int storm_start(struct storm *st, const struct region *r, int cpu);

/* Lets it write @n times, and rest again; returns at once. */
void storm_blow(struct storm *st, uint64_t n);

/* Waits for @n more writes, or until it rests; -ETIMEDOUT when the writer got stuck. */
int storm_wait(struct storm *st, uint64_t n, int ms);

/* Is the last write that was allowed done? */
bool storm_rests(const struct storm *st);

/* The shadow is what memory holds now. Only at rest. */
void storm_forget(struct storm *st);

/* Get-and-protect over the whole region; copies what it reports into the shadow. @ret: the return mask. */
int storm_collect(struct storm *st, uint64_t ret);

/* The first page whose content isn't what was collected, -1: none. Only at rest, after a last storm_collect(). */
ssize_t storm_lost(const struct storm *st);

/* Numbers of the last write to @page, and of the last one that was collected of it; of the latter 0: none yet. */
uint64_t storm_there(const struct storm *st, size_t page);
uint64_t storm_collected(const struct storm *st, size_t page);

/* Ends the writer and gives all back. Close the descriptor first: one that is stuck in a fault is waited for. */
void storm_end(struct storm *st);

#endif /* COMMON_STORM_H */
