// SPDX-License-Identifier: GPL-2.0
/*
 * Sequences of operations by chance, against the model.
 * Why: what nobody thought of writing a test for is where the next bug is; a sequence that shows one is made small and
 * printed so that it can be run again.
 */
#include <stdlib.h>

#include "../common/swap.h"
#define CASE_PREPARE prepare_swap
static void prepare_swap(void);
#include "../common/model_random.h"
#include "../uffd/deadline.h"
#include "model_checks.h"

/* How long in seconds, from which seed on, or which program; ./run.sh --explore sets them. */
#define SECONDS "UFFD_WP_CONFORM_EXPLORE"
#define SEED "UFFD_WP_CONFORM_EXPLORE_SEED"
#define REPLAY "UFFD_WP_CONFORM_REPLAY"

/* Only for who runs. */
static void prepare_swap(void)
{
	if (getenv(SECONDS) || getenv(REPLAY))
		swap_prepare();
}

/* As long as one asks for, and then the shrinking; the harness's own limit must not be in the way. */
#define EXPLORE_TIMEOUT 100000

struct exploration {
	struct program program;	/* the last one */
	struct model_difference found;
	size_t programs;
	size_t impossible;	/* of these: on this machine */
};

FIXTURE(explore)
{
	struct model_run run;
	struct exploration way;
};

FIXTURE_SETUP(explore)
{
}

FIXTURE_TEARDOWN(explore)
{
	model_run_end(&self->run);
}

static unsigned long number(const char *name, unsigned long otherwise)
{
	const char *text = getenv(name);

	return text && *text ? strtoul(text, NULL, 0) : otherwise;
}

/* In a process of its own; what the kernel's log says of it counts. */
static int try(const struct program *p, struct model_difference *d)
{
	struct klog_report report;
	int err;

	d->id = REQUIREMENT_NONE;
	klog_say_again();
	err = model_try(p, d);
	if (!err && d->id == REQUIREMENT_NONE && klog_take(watched_log, &report))
		model_differ(d, AC_LOG, CRASH, "no report in the kernel's log; it says: %s", report.line[0]);
	return err;
}

static bool differs_alike(const struct program *p, void *arg)
{
	const struct model_difference *first = arg;
	struct model_difference d;

	return !try(p, &d) && d.id == first->id && d.class == first->class;
}

/* Programs from @seed on until one differs or the time is over; which seed it was. */
static unsigned long search(struct exploration *way, unsigned long seed, unsigned long seconds)
{
	int64_t deadline = deadline_in(seconds * 1000);

	for (; deadline_left(deadline); seed++) {
		struct dice dice = dice_make(seed);

		program_random(&way->program, &dice);
		way->programs++;
		if (try(&way->program, &way->found))
			way->impossible++;
		else if (way->found.id != REQUIREMENT_NONE)
			break;
	}
	return seed;
}

/* Once more, here, so that the pages are shown; a difference that doesn't come again is told as it was. */
static void show(const struct place *at, struct model_run *run, const struct exploration *way)
{
	const struct program *p = &way->program;
	char text[1500];

	printf("# shrunk to:\n#   %s\n", program_text(p, "\n#   ", text, sizeof(text)));
	if (check_program(at, run, p)) {
		check_charge(at, way->found.id, way->found.class, "%s", way->found.text);
		check_print_program(p);
	}
	printf("# again: %s='%s' cases/explore -r explore.replayed_program_agrees\n", REPLAY,
	       program_text(p, ";", text, sizeof(text)));
}

__TEST_F_IMPL(explore, random_programs_agree_with_the_model, -1, EXPLORE_TIMEOUT)
{
	COVERS(WP_RANGE_EXACT);
	struct exploration *way = &self->way;
	unsigned long seconds = number(SECONDS, 0), seed = number(SEED, 1 + time(NULL) % 999999), last;

	if (!seconds)
		SKIP(return, "takes as long as one likes: ./run.sh --explore");
	printf("# seed %lu\n", seed);
	fflush(stdout);
	last = search(way, seed, seconds);
	printf("# %zu programs, seeds %lu to %lu, %zu of them not possible here\n", way->programs, seed, last,
	       way->impossible);
	fflush(stdout);
	if (way->found.id == REQUIREMENT_NONE)
		return;
	program_shrink(&way->program, differs_alike, &way->found);
	show(HERE, &self->run, way);
}

TEST_F(explore, replayed_program_agrees)
{
	COVERS(WP_RANGE_EXACT);
	const char *text = getenv(REPLAY);
	char why[200];

	if (!text)
		SKIP(return, "no program given: " REPLAY "='async/huge-zero/512;protect(0-512);store(5)'");
	if (program_parse(&self->way.program, text, why, sizeof(why)))
		SKIP(return, "%s", why);
	EXPECT_AGREES(&self->run, &self->way.program);
	if (self->run.left_out[0])
		printf("# left out %s\n", self->run.left_out);
	view_print(stdout, "# at the end ", &self->run.stage.after, NULL);
	fflush(stdout);
}
