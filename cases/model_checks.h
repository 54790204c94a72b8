/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Checks against the model: a program is run, and a difference is charged to the requirement that it belongs to, with the
 * program in the shape in which UFFD_WP_CONFORM_REPLAY takes it.
 */
#ifndef CASES_MODEL_CHECKS_H
#define CASES_MODEL_CHECKS_H

#include "../common/model_run.h"
#include "case.h"

/*
 * Who may be charged, by whichever operation: program.c's table and the model's own checks. A difference is charged to the one
 * that it belongs to; the first stands for the test.
 */
#define COVERED_BY_MODEL \
	WP_RANGE_EXACT, WP_NEVER_WRITABLE, WP_NO_LOST_WRITE, WP_READ_KEEPS, WP_UNPOPULATED, EV_ONE, EV_ADDRESS, \
	EV_CONTENT_HELD, WP_KERNEL_WRITERS, AS_NO_EVENT, AS_RESOLVES, AS_PRECISE, PM_AGREE, PM_WRITTEN, PM_WPALLOWED, SC_WP_MATCHING, LC_FORK, LC_MREMAP, \
	LC_MPROTECT, LC_ZAP, LC_UNREGISTER, LC_REREGISTER, LC_COLLAPSE

/* Parses a program; one that can't be is the suite's own mistake. */
#define CASE_PROGRAM(p, text) do {						\
	char why[160];								\
	if (program_parse(p, text, why, sizeof(why)))				\
		ksft_exit_fail_msg("%s: %s\n", text, why);			\
} while (0)

/* Runs it; leaves at a difference, and with a skip where the machine can't. */
#define EXPECT_AGREES(run, p) do {						\
	if (check_program(HERE, run, p))					\
		break;								\
	if ((run)->lack.why[0])							\
		SKIP(return, "%s", (run)->lack.why);				\
	return;									\
} while (0)

static void __maybe_unused check_print_program(const struct program *p)
{
	char text[1500];

	printf("#   program %s\n", program_text(p, ";", text, sizeof(text)));
	fflush(stdout);
}

/* The run's difference, if there is one: printed and charged. */
static bool __maybe_unused check_run(const struct place *at, struct model_run *run)
{
	struct model_difference *d = &run->difference;

	if (d->id == REQUIREMENT_NONE)
		return true;
	op_text(&run->now, so_far.act, sizeof(so_far.act));
	so_far.before = run->stage.before.page ? &run->stage.before : NULL;
	so_far.after = run->stage.after.page ? &run->stage.after : NULL;
	check_charge(at, d->id, d->class, "%s", d->text);
	check_print_program(run->program);
	return false;
}

/* Runs it; false when it couldn't be run (run->lack says why) or ended in a difference, which has been told. */
static bool __maybe_unused check_program(const struct place *at, struct model_run *run, const struct program *p)
{
	int err = model_run(run, p);

	return check_run(at, run) && !err;
}

#endif /* CASES_MODEL_CHECKS_H */
