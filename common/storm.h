/* SPDX-License-Identifier: GPL-2.0 */
/*
 * storm - threads that write to a region as fast as they can, and the memory of what was collected of it.
 *
 * Every writer has a word of its own in each page, and stores the next number of its own sequence there, in one of a few
 * pages after the other, spread over the region: a page's content tells which write of each writer was its last. The
 * shadow holds what collectors copied of the pages that scans reported: where it differs from memory while the writers
 * rest, a write went unreported. Nothing here sleeps: waits yield the CPU and end at a deadline in milliseconds. 0 or a
 * negative errno where not said otherwise.
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
#define STORM_WRITERS 4

struct storm;

struct storm_writer {
	struct storm *storm;
	pthread_t thread;
	bool started;
	sem_t turn;			/* posted when the quota grows */
	atomic_uint_fast64_t quota;	/* the number of the last write that is allowed */
	atomic_uint_fast64_t written;	/* that of the last one done */
};

struct storm {
	const struct region *region;
	int cpu;			/* the writer's, -1: any */
	size_t writers;
	struct storm_writer writer[STORM_WRITERS];
	atomic_bool stop;
	pthread_mutex_t copying;	/* held by a collector while it copies into the shadow */
	uint64_t (*shadow)[STORM_WRITERS];	/* a page each */
};

/* A write that nobody collected. */
struct storm_loss {
	size_t page;
	size_t writer;
	uint64_t there;		/* number of the writer's last write to the page */
	uint64_t collected;	/* number of the last one that was collected of it, 0: none */
	uint64_t written;	/* of so many that the writer did */
};

/* How many writers it takes for every CPU to have one; two at least, that they meet, STORM_WRITERS at most. */
size_t storm_all_cpus(void);

/*
 * Starts @writers, at rest, with what memory holds now as the shadow. They sleep until their turn, but on a @cpu of its
 * own a writer waits without entering the kernel, so that its translations stay warm.
 */
int storm_start(struct storm *st, const struct region *r, size_t writers, int cpu);

/* Lets each writer write @n times, and rest again; returns at once. */
void storm_blow(struct storm *st, uint64_t n);

/* Waits for @n more writes, whosever, or until all rest; -ETIMEDOUT when the writers got stuck. */
int storm_wait(struct storm *st, uint64_t n, int ms);

/* Are the last writes that were allowed done? */
bool storm_rests(const struct storm *st);

/* How many writes were done. */
uint64_t storm_written(const struct storm *st);

/* The shadow is what memory holds now. Only at rest. */
void storm_forget(struct storm *st);

/*
 * Get-and-protect over the whole region; copies what it reports into the shadow. @ret: the return mask. For any number of
 * collectors at a time. Where async doesn't apply it reports nothing.
 */
int storm_collect(struct storm *st, uint64_t ret);

/* Is there a page whose content isn't what was collected? Only at rest, after a last storm_collect(). */
bool storm_lost(const struct storm *st, struct storm_loss *loss);

/*
 * Is one of each writer's last STORM_PAGES writes not in memory? Only at rest. loss->collected is the number that should be
 * there. Not for regions so small that the pages of two of these writes may be the same: 128 pages are enough.
 */
bool storm_undone(const struct storm *st, struct storm_loss *loss);

/* Ends the writers and gives all back. Close the descriptor first: one that is stuck in a fault is waited for. */
void storm_end(struct storm *st);

#endif /* COMMON_STORM_H */
