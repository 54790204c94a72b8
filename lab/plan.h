/* SPDX-License-Identifier: GPL-2.0 */
/*
 * plan - what a run is to do, as a text file: the same file serves the host and the guest.
 *
 *	# comment
 *	@note selection hugezero:*	a line "# selection hugezero:*" in the stream's header
 *	@deadline 300			seconds that a case may take; 0: no limit
 *	@jobs 2				cases that may run at a time, 1 or 2
 *	@alone				nothing runs beside the next case
 *	@set FILE TEXT			before the next case, TEXT is written to FILE, and the line "# set FILE TEXT" to the stream:
 *					a section of the run begins, and nothing of the one before is at work any more
 *	@enough SECONDS ID... [! TEST...]  the section that begins with the next case need not go on once it took so long, if any
 *					of these requirements was violated in it by another test than these: the case at work is
 *					ended, the others are skipped
 *	@again				the section that begins with the next case leaves out what no section before it has run
 *	cases/hugezero -r fixture.test	a case's binary and its arguments, separated by blanks
 *
 * Paths are relative to the working directory: the project's folder on the host, the root in a guest.
 */
#ifndef LAB_PLAN_H
#define LAB_PLAN_H

#include <stddef.h>

struct plan_case {
	const char *name;	/* the path's last part */
	char **argv;		/* argv[0] is the path; ends with NULL */
	int alone;
	char *set;		/* "FILE TEXT", written before it, or NULL */
	char *enough;		/* "SECONDS ID...", or NULL: see above */
	int again;		/* a section of cases that have run already: see above */
	int ran;		/* set by whoever runs it */
};

struct plan {
	struct plan_case *cases;
	size_t nr_cases;
	char **notes;
	size_t nr_notes;
	unsigned int deadline;
	unsigned int jobs;
	int next_alone;
	char *next_set;
	char *next_enough;
	int next_again;
	char *text;
};

/* Returns 0 or a negative errno; -EINVAL for a directive that isn't known. plan_free() is needed only after 0. */
int plan_read(struct plan *plan, const char *file);
void plan_free(struct plan *plan);

#endif
