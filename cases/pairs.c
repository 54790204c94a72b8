// SPDX-License-Identifier: GPL-2.0
/*
 * Where two things meet: mode, backing, how it was armed, what happened to it, who writes. Each two of them meet in a program
 * that pairs.awk makes out of pairs.tsv, and every page is held against the model after every operation.
 * Why: each by itself is tested elsewhere; bugs live where two of them meet.
 */
#include "model_checks.h"

FIXTURE(pairs)
{
	struct model_run run;
	struct program program;
};

FIXTURE_VARIANT(pairs)
{
	const char *program;
};

#define PAIR(name, text) FIXTURE_VARIANT_ADD(pairs, name) { .program = text };
#define PAIR_FULL(name, text)
#include "pairs.inc"
#undef PAIR
#undef PAIR_FULL

FIXTURE_SETUP(pairs)
{
	CASE_AGENT(AGENT_STORE);
	CASE_PROGRAM(&self->program, variant->program);
}

FIXTURE_TEARDOWN(pairs)
{
	model_run_end(&self->run);
}

TEST_F(pairs, agrees_with_the_model)
{
	COVERS(COVERED_BY_MODEL);

	EXPECT_AGREES(&self->run, &self->program);
	if (self->run.left_out[0])
		SKIP(return, "not all of it was done: %s", self->run.left_out);
}
