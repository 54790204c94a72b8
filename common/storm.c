// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <sched.h>
#include <stdlib.h>
#include <unistd.h>

#include "../uffd/deadline.h"
#include "storm.h"

/* Odd, and not a huge page's divisor: neighbours in time are far apart in memory, in both halves of a region. */
#define STRIDE 67

size_t storm_all_cpus(void)
{
	cpu_set_t set;
	size_t n = sched_getaffinity(0, sizeof(set), &set) ? 2 : CPU_COUNT(&set);

	return n < 2 ? 2 : n < STORM_WRITERS ? n : STORM_WRITERS;
}

static size_t number_of(const struct storm_writer *w)
{
	return w - w->storm->writer;
}

static _Atomic uint64_t *word_of(const struct storm *st, size_t writer, size_t page)
{
	return (_Atomic uint64_t *)region_page(st->region, page) + writer;
}

static uint64_t there(const struct storm *st, size_t writer, size_t page)
{
	return atomic_load_explicit(word_of(st, writer, page), memory_order_relaxed);
}

static bool rests(const struct storm_writer *w)
{
	return atomic_load(&w->written) >= atomic_load(&w->quota);
}

bool storm_rests(const struct storm *st)
{
	size_t i;

	for (i = 0; i < st->writers; i++)
		if (!rests(&st->writer[i]))
			return false;
	return true;
}

uint64_t storm_written(const struct storm *st)
{
	uint64_t sum = 0;
	size_t i;

	for (i = 0; i < st->writers; i++)
		sum += atomic_load(&st->writer[i].written);
	return sum;
}

/* Where the write goes. The writers begin at different pages, and come by where another was. */
static size_t page_of(const struct storm_writer *w, uint64_t n)
{
	return (n + number_of(w) * STORM_PAGES / STORM_WRITERS) % STORM_PAGES * STRIDE % w->storm->region->pages;
}

static void write_next(struct storm_writer *w)
{
	const struct storm *st = w->storm;
	uint64_t n = atomic_load(&w->written) + 1;

	atomic_store_explicit(word_of(st, number_of(w), page_of(w, n)), n, memory_order_relaxed);
	atomic_store(&w->written, n);
}

static void *blow(void *arg)
{
	struct storm_writer *w = arg;
	struct storm *st = w->storm;

	while (!atomic_load(&st->stop)) {
		if (!rests(w))
			write_next(w);
		else if (st->cpu < 0)
			sem_wait(&w->turn);
	}
	return NULL;
}

static int start_writer(struct storm_writer *w)
{
	pthread_attr_t attr;
	cpu_set_t set;
	int err = 0;

	sem_init(&w->turn, 0, 0);
	CPU_ZERO(&set);
	pthread_attr_init(&attr);
	if (w->storm->cpu >= 0) {
		CPU_SET(w->storm->cpu, &set);
		err = pthread_attr_setaffinity_np(&attr, sizeof(set), &set);
	}
	if (!err)
		err = pthread_create(&w->thread, &attr, blow, w);
	pthread_attr_destroy(&attr);
	w->started = !err;
	return -err;
}

int storm_start(struct storm *st, const struct region *r, size_t writers, int cpu)
{
	int err = 0;
	size_t i;

	*st = (struct storm){ .region = r, .cpu = cpu, .writers = writers };
	pthread_mutex_init(&st->copying, NULL);
	st->shadow = calloc(r->pages, sizeof(*st->shadow));
	if (!st->shadow)
		return -ENOMEM;
	storm_forget(st);
	for (i = 0; i < writers && !err; i++) {
		st->writer[i].storm = st;
		err = start_writer(&st->writer[i]);
	}
	return err;
}

void storm_blow(struct storm *st, uint64_t n)
{
	size_t i;

	for (i = 0; i < st->writers; i++) {
		struct storm_writer *w = &st->writer[i];

		atomic_store(&w->quota, atomic_load(&w->written) + n);
		sem_post(&w->turn);
	}
}

int storm_wait(struct storm *st, uint64_t n, int ms)
{
	uint64_t until = storm_written(st) + n;
	int64_t deadline = deadline_in(ms);

	while (!storm_rests(st) && storm_written(st) < until) {
		if (!deadline_left(deadline))
			return -ETIMEDOUT;
		sched_yield();
	}
	return 0;
}

/* Numbers only grow, so whoever copies last has copied the newest: if nobody comes between reading and keeping. */
static void copy(struct storm *st, size_t first, size_t end)
{
	size_t page, i;

	pthread_mutex_lock(&st->copying);
	for (page = first; page < end && page < st->region->pages; page++)
		for (i = 0; i < st->writers; i++)
			st->shadow[page][i] = there(st, i, page);
	pthread_mutex_unlock(&st->copying);
}

void storm_forget(struct storm *st)
{
	copy(st, 0, st->region->pages);
}

/* What is reported is protected by now: a write from here on makes it reported anew. */
static void keep(const struct page_region *region, void *arg)
{
	struct storm *st = arg;
	uint64_t start = (uintptr_t)st->region->start;

	copy(st, (region->start - start) / page_size(), (region->end - start) / page_size());
}

int storm_collect(struct storm *st, uint64_t ret)
{
	struct scan s = {
		.start = st->region->start,
		.len = st->region->pages * page_size(),
		.flags = PM_SCAN_WP_MATCHING,
		.mask = PAGE_IS_WRITTEN,
		.ret = ret,
	};
	int fd = pagemap_open(0), err;

	if (fd < 0)
		return fd;
	err = scan_all(fd, &s, keep, st);
	close(fd);
	return err;
}

/* A number that the writer never got to is the set-up's pattern. */
static bool differs(const struct storm *st, size_t page, size_t i, struct storm_loss *loss)
{
	uint64_t written = atomic_load(&st->writer[i].written), last = st->shadow[page][i];

	*loss = (struct storm_loss){ page, i, there(st, i, page), last <= written ? last : 0, written };
	return loss->there != last;
}

bool storm_lost(const struct storm *st, struct storm_loss *loss)
{
	size_t page, i;

	for (page = 0; page < st->region->pages; page++)
		for (i = 0; i < st->writers; i++)
			if (differs(st, page, i, loss))
				return true;
	return false;
}

bool storm_undone(const struct storm *st, struct storm_loss *loss)
{
	size_t i;

	for (i = 0; i < st->writers; i++) {
		const struct storm_writer *w = &st->writer[i];
		uint64_t last = atomic_load(&w->written), n = last > STORM_PAGES ? last - STORM_PAGES : 0;

		while (++n <= last) {
			*loss = (struct storm_loss){ page_of(w, n), i, there(st, i, page_of(w, n)), n, last };
			if (loss->there != n)
				return true;
		}
	}
	return false;
}

void storm_end(struct storm *st)
{
	size_t i;

	atomic_store(&st->stop, true);
	for (i = 0; i < st->writers; i++) {
		if (!st->writer[i].started)
			continue;
		sem_post(&st->writer[i].turn);
		pthread_join(st->writer[i].thread, NULL);
		st->writer[i].started = false;
	}
	free(st->shadow);
	st->shadow = NULL;
}
