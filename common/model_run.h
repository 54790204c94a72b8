/* SPDX-License-Identifier: GPL-2.0 */
/*
 * model_run - runs a program on a real region, and holds the model against what is seen after every operation.
 *
 * A run ends at the first difference. After the last operation a store to a protected page and one to an unprotected page
 * try whether the protection does what the entries say.
 */
#ifndef COMMON_MODEL_RUN_H
#define COMMON_MODEL_RUN_H

#include "model.h"
#include "stage.h"

struct model_run {
	const struct program *program;
	struct stage stage;
	struct model model;
	struct region spare;	/* where mremap goes to */
	struct op now;		/* the operation that was tried last */
	size_t looks;
	uint8_t value;		/* that the last writer wrote */
	struct model_difference difference;
	char left_out[160];	/* the first operation that wasn't done, and why; empty: all were */
	struct lack lack;	/* why this machine can't run the program at all */
};

/*
 * Runs it. 0, and run->difference says how it ended; or a negative errno, and run->lack says why it can't run here. Its stage's views show
 * what was seen last and before. To be given back by model_run_end(), which may leave a blocked thread behind until the
 * process exits.
 */
int model_run(struct model_run *run, const struct program *p);
void model_run_end(struct model_run *run);

/*
 * The same in a process of its own, and nothing of it stays: whether the program ends in a difference. A run that hangs or
 * dies is one as well. Negative errno where it can't run.
 */
int model_try(const struct program *p, struct model_difference *d);

#endif /* COMMON_MODEL_RUN_H */
