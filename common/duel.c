// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <sched.h>
#include <time.h>

#include "../uffd/deadline.h"
#include "duel.h"

/* An act that was held up by something else is taken for one so many times as long as the shortest. */
#define STRETCH 4
/* Nobody is held back for longer, ns: of an act that takes longer only its beginning and its end are met. */
#define LONG 2000000
/* Looks at the other's arrival before the processor is offered to it. */
#define PATIENT 200

static int64_t now_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000000000LL + t.tv_nsec;
}

/* Both leave at the same moment. */
static void arrive(struct duel *d)
{
	unsigned int all = 2 * d->round, looks = 0;

	atomic_fetch_add(&d->arrived, 1);
	while (atomic_load(&d->arrived) != all)
		if (looks++ > PATIENT)
			sched_yield();
}

static void hold_back(int64_t ns)
{
	int64_t until = now_ns() + ns;

	while (ns > 0 && now_ns() < until)
		;
}

static void learn(struct duel *d, int who, int64_t took)
{
	if (!d->least[who] || took < d->least[who])
		d->least[who] = took;
	if (took > STRETCH * d->least[who])
		took = STRETCH * d->least[who];
	if (took > LONG)
		took = LONG;
	d->takes[who] = d->takes[who] ? (3 * d->takes[who] + took) / 4 : took;
}

static void act(struct duel *d, int who)
{
	int64_t start;

	arrive(d);
	hold_back(who ? -d->shift : d->shift);
	start = now_ns();
	d->result[who] = d->act[who](d->arg);
	learn(d, who, now_ns() - start);
}

static void *second(void *arg)
{
	struct duel *d = arg;

	for (;;) {
		while (sem_wait(&d->turn))
			;
		if (atomic_load(&d->stop))
			return NULL;
		act(d, 1);
		sem_post(&d->done);
	}
}

int duel_start(struct duel *d, int (*first)(void *arg), int (*other)(void *arg), void *arg)
{
	*d = (struct duel){ .act = { first, other }, .arg = arg };
	sem_init(&d->turn, 0, 0);
	sem_init(&d->done, 0, 0);
	d->started = !pthread_create(&d->thread, NULL, second, d);
	return d->started ? 0 : -EAGAIN;
}

/*
 * Multiples of the golden ratio, modulo one, are spread evenly however many there are. From 'the first begins as the
 * second ends' to the opposite.
 */
static int64_t next_shift(const struct duel *d)
{
	uint32_t share = d->round * 2654435769U;
	int64_t span = d->takes[0] + d->takes[1];

	return (int64_t)((double)share / UINT32_MAX * span) - d->takes[0];
}

void duel_meet(struct duel *d)
{
	d->round++;
	d->shift = next_shift(d);
	d->busy = true;
	sem_post(&d->turn);
	act(d, 0);
}

bool duel_rests(struct duel *d)
{
	if (d->busy && !sem_trywait(&d->done))
		d->busy = false;
	return !d->busy;
}

int duel_wait(struct duel *d, int ms)
{
	struct timespec until = deadline_or_ns(deadline_in(ms), INT64_MAX / 4);

	while (d->busy) {
		if (!sem_clockwait(&d->done, CLOCK_MONOTONIC, &until))
			d->busy = false;
		else if (errno == ETIMEDOUT)
			return -ETIMEDOUT;
	}
	return 0;
}

int duel_round(struct duel *d, int ms)
{
	duel_meet(d);
	return duel_wait(d, ms);
}

void duel_end(struct duel *d)
{
	if (!d->started)
		return;
	atomic_store(&d->stop, true);
	sem_post(&d->turn);
	pthread_join(d->thread, NULL);
	d->started = false;
	sem_destroy(&d->turn);
	sem_destroy(&d->done);
}
