// SPDX-License-Identifier: GPL-2.0
/*
 * Every sequence of three operations on each backing in each mode, and every pair that pairs.c leaves to full runs, against
 * the model.
 * Why: most of the known bugs show within three operations, so all of three are worth running once.
 */
#include "../common/settings.h"
#include "../common/swap.h"
#define CASE_PREPARE prepare_swap
static void prepare_swap(void);
#include "model_checks.h"

/* Only for who runs. */
static void prepare_swap(void)
{
	if (settings_full())
		swap_prepare();
}

/* What a sequence is made of. */
static const char *const steps[] = {
	"protect(0-all)", "protect(3-40)", "unprotect(5-9)", "store(5)", "load(5)", "drop(0-8)", "drop(0-all)",
	"lock(5-10);unlock", "fork", "mremap;register", "collapse", "pageout(0-all)",
};

FIXTURE(sequences)
{
	struct model_run run;
	struct program program;
};

FIXTURE_VARIANT(sequences)
{
	const char *head;
};

#define SEQUENCES(name, text) FIXTURE_VARIANT_ADD(sequences, name) { .head = text }

SEQUENCES(async_hugezero, "async/huge-zero/pmd");
SEQUENCES(async_anonthp, "async/anon-thp/pmd");
SEQUENCES(async_ptethp, "async/pte-thp/pmd");
SEQUENCES(async_zeroptes, "async/zero-ptes/64");
SEQUENCES(async_base, "async/base-pages/64");
SEQUENCES(async_unpopulated, "async/unpopulated/pmd");
SEQUENCES(sync_hugezero, "sync/huge-zero/pmd");
SEQUENCES(sync_anonthp, "sync/anon-thp/pmd");
SEQUENCES(sync_ptethp, "sync/pte-thp/pmd");
SEQUENCES(sync_zeroptes, "sync/zero-ptes/64");
SEQUENCES(sync_base, "sync/base-pages/64");
SEQUENCES(sync_unpopulated, "sync/unpopulated/pmd");

FIXTURE_SETUP(sequences)
{
	FULL_ONLY();
	CASE_AGENT(AGENT_STORE);
}

FIXTURE_TEARDOWN(sequences)
{
	model_run_end(&self->run);
}

/* The @n-th sequence. */
static void write_sequence(char *text, size_t len, const char *head, size_t n)
{
	snprintf(text, len, "%s;%s;%s;%s", head, steps[n / ARRAY_SIZE(steps) / ARRAY_SIZE(steps)],
		 steps[n / ARRAY_SIZE(steps) % ARRAY_SIZE(steps)], steps[n % ARRAY_SIZE(steps)]);
}

TEST_F(sequences, agree_with_the_model)
{
	COVERS(COVERED_BY_MODEL);
	size_t all = ARRAY_SIZE(steps) * ARRAY_SIZE(steps) * ARRAY_SIZE(steps), n;
	char text[200];

	for (n = 0; n < all; n++) {
		write_sequence(text, sizeof(text), variant->head, n);
		CASE_PROGRAM(&self->program, text);
		EXPECT_AGREES(&self->run, &self->program);
		model_run_end(&self->run);
	}
	fflush(stdout);
}

FIXTURE(more_pairs)
{
	struct model_run run;
	struct program program;
};

FIXTURE_SETUP(more_pairs)
{
	FULL_ONLY();
	CASE_AGENT(AGENT_STORE);
}

FIXTURE_TEARDOWN(more_pairs)
{
	model_run_end(&self->run);
}

static const char *const pairs[] = {
	/* Of two PMDs, which the table knows nothing of: one moves whole, onto nothing and onto another. */
	"async/huge-zero/two;protect(0-pmd);drop(pmd-all);move(0-all);store(pmd)",
	"sync/huge-zero/two;protect(0-pmd);drop(pmd-all);move(0-all);store(pmd)",
	"async/anon-thp/two;protect(0-pmd);drop(pmd-all);move(0-all);store(pmd)",
	"sync/anon-thp/two;protect(0-pmd);drop(pmd-all);move(0-all);store(pmd)",
	"async/huge-zero/two;protect(0-all);move(0-all);store(pmd)",
	"async/anon-thp/two;protect(0-all);move(0-all);store(pmd)",
#define PAIR(name, text)
#define PAIR_FULL(name, text) text,
#include "pairs.inc"
#undef PAIR
#undef PAIR_FULL
};

TEST_F(more_pairs, agree_with_the_model)
{
	COVERS(COVERED_BY_MODEL);
	size_t n;

	for (n = 0; n < ARRAY_SIZE(pairs); n++) {
		CASE_PROGRAM(&self->program, pairs[n]);
		EXPECT_AGREES(&self->run, &self->program);
		if (self->run.left_out[0])
			printf("# left out %s, of %s\n", self->run.left_out, pairs[n]);
		model_run_end(&self->run);
	}
	fflush(stdout);
}
