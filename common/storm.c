// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <sched.h>
#include <stdlib.h>
#include <unistd.h>

#include "../uffd/deadline.h"
#include "storm.h"

/* Odd, and not a huge page's divisor: neighbours in time are far apart in memory, in both halves of a region. */
#define STRIDE 67

static _Atomic uint64_t *word_of(const struct storm *st, size_t page)
{
	return (_Atomic uint64_t *)region_page(st->region, page);
}

bool storm_rests(const struct storm *st)
{
	return atomic_load(&st->written) >= atomic_load(&st->quota);
}

static void write_next(struct storm *st)
{
	uint64_t n = atomic_load(&st->written) + 1;

	atomic_store_explicit(word_of(st, n % STORM_PAGES * STRIDE % st->region->pages), n, memory_order_relaxed);
	atomic_store(&st->written, n);
}

static void *blow(void *arg)
{
	struct storm *st = arg;

	while (!atomic_load(&st->stop)) {
		if (!storm_rests(st))
			write_next(st);
		else if (st->cpu < 0)
			sem_wait(&st->turn);
	}
	return NULL;
}

static int start_thread(struct storm *st)
{
	pthread_attr_t attr;
	cpu_set_t set;
	int err = 0;

	CPU_ZERO(&set);
	pthread_attr_init(&attr);
	if (st->cpu >= 0) {
		CPU_SET(st->cpu, &set);
		err = pthread_attr_setaffinity_np(&attr, sizeof(set), &set);
	}
	if (!err)
		err = pthread_create(&st->thread, &attr, blow, st);
	pthread_attr_destroy(&attr);
	st->started = !err;
	return -err;
}

int storm_start(struct storm *st, const struct region *r, int cpu)
{
	*st = (struct storm){ .region = r, .cpu = cpu };
	sem_init(&st->turn, 0, 0);
	st->shadow = calloc(r->pages, sizeof(*st->shadow));
	if (!st->shadow)
		return -ENOMEM;
	storm_forget(st);
	return start_thread(st);
}

void storm_blow(struct storm *st, uint64_t n)
{
	atomic_store(&st->quota, atomic_load(&st->written) + n);
	sem_post(&st->turn);
}

int storm_wait(struct storm *st, uint64_t n, int ms)
{
	uint64_t until = atomic_load(&st->written) + n;
	int64_t deadline = deadline_in(ms);

	while (!storm_rests(st) && atomic_load(&st->written) < until) {
		if (!deadline_left(deadline))
			return -ETIMEDOUT;
		sched_yield();
	}
	return 0;
}

uint64_t storm_there(const struct storm *st, size_t page)
{
	return atomic_load_explicit(word_of(st, page), memory_order_relaxed);
}

uint64_t storm_collected(const struct storm *st, size_t page)
{
	uint64_t last = st->shadow[page];

	return last <= atomic_load(&st->written) ? last : 0;
}

static void copy(struct storm *st, size_t first, size_t end)
{
	size_t page;

	for (page = first; page < end && page < st->region->pages; page++)
		st->shadow[page] = storm_there(st, page);
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
		.flags = PM_SCAN_WP_MATCHING | PM_SCAN_CHECK_WPASYNC,
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

ssize_t storm_lost(const struct storm *st)
{
	size_t page;

	for (page = 0; page < st->region->pages; page++)
		if (storm_there(st, page) != st->shadow[page])
			return page;
	return -1;
}

void storm_end(struct storm *st)
{
	atomic_store(&st->stop, true);
	sem_post(&st->turn);
	if (st->started)
		pthread_join(st->thread, NULL);
	st->started = false;
	free(st->shadow);
	st->shadow = NULL;
}
