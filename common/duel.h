/* SPDX-License-Identifier: GPL-2.0 */
/*
 * duel - two acts that meet, round after round.
 *
 * A race shows when one act falls into a certain moment of another. Looping leaves that to luck; here both start together,
 * in the caller and in a second thread, and one of them is held back a little: by another share of the acts' lengths, as
 * measured, in each round, spread evenly, so that in few rounds every part of the one falls on every part of the other.
 * Rounds bound the work; time bounds only a hang. On one CPU the two meet where the scheduler lets them.
 * Act functions return a result of their own, by custom 0 or a negative errno.
 */
#ifndef COMMON_DUEL_H
#define COMMON_DUEL_H

#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

struct duel {
	int (*act[2])(void *arg);
	void *arg;
	int result[2];		/* of this round's acts; the second's once duel_rests() */
	pthread_t thread;
	bool started;
	bool busy;		/* the second act of this round wasn't seen to end yet */
	atomic_bool stop;
	sem_t turn;
	sem_t done;
	atomic_uint arrived;
	unsigned int round;
	int64_t shift;		/* ns that the first act starts after the second; negative: before it */
	int64_t takes[2];	/* ns that each act takes, roughly */
	int64_t least[2];
};

/* Starts the second thread, at rest. 0 or a negative errno; duel_end() also after an error. */
int duel_start(struct duel *d, int (*first)(void *arg), int (*second)(void *arg), void *arg);

/* A round: starts both; returns when the first act has ended. Only when the second rests. */
void duel_meet(struct duel *d);

/* Has the second act ended? Doesn't wait. */
bool duel_rests(struct duel *d);

/* Waits for that, @ms milliseconds at most; -ETIMEDOUT. */
int duel_wait(struct duel *d, int ms);

/* duel_meet() and duel_wait(). */
int duel_round(struct duel *d, int ms);

/* Ends the second thread. Make sure that its act ends first: one that is stuck in a fault is waited for. */
void duel_end(struct duel *d);

#endif /* COMMON_DUEL_H */
