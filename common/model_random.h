/* SPDX-License-Identifier: GPL-2.0 */
/*
 * model_random - programs by chance, and failing ones made small.
 */
#ifndef COMMON_MODEL_RANDOM_H
#define COMMON_MODEL_RANDOM_H

#include "program.h"

/* The same numbers from the same seed, on every machine. */
struct dice {
	uint64_t state;
};

struct dice dice_make(uint64_t seed);

/* 0 <= number < @n. */
size_t dice_throw(struct dice *d, size_t n);

/* A program by chance: mode, backing, one or two PMDs, three to a dozen operations, at borders more often than elsewhere. */
void program_random(struct program *p, struct dice *d);

/*
 * Leaves out of @p, which @fails, what can be left out so that it still does; asks @fails a bounded number of times. How
 * many operations are left.
 */
size_t program_shrink(struct program *p, bool (*fails)(const struct program *p, void *arg), void *arg);

#endif /* COMMON_MODEL_RANDOM_H */
