/* SPDX-License-Identifier: GPL-2.0 */
/* print - a verdict as text for whoever reads a failure at night. docs/verdict.md explains it. */
#ifndef REPORT_PRINT_H
#define REPORT_PRINT_H

#include <stdio.h>

#include "judge.h"

/* How a run was asked for. */
struct asked {
	const char *kernel;	/* what `run.sh -k` was given */
	const char *arch;	/* what --arch was given, NULL: nothing */
	bool allow_known;
};

/* Why the verdict is what it is; @asked for the lines that say how to repeat. Write errors stay in @out: ask ferror(). */
void print_grounds(FILE *out, const struct verdict *verdict, const struct asked *asked);

/* The VERDICT line. */
void print_last_line(FILE *out, const struct verdict *verdict);

/* The part about requirements that are violated, in violations.c. */
void print_violations(FILE *out, const struct verdict *verdict, const struct asked *asked);

/* All violations for a program to read, one a line, tab-separated: see --violations in main.c. In violations.c too. */
void print_violations_table(FILE *out, const struct verdict *verdict);

/* The kernel and, if one was asked for, the architecture: what tells one run of a matrix from another. */
char *asked_text(const struct asked *asked);

/* The command that runs just @test. */
char *again_text(const struct test *test, const struct asked *asked);

const char *answer_name(enum answer answer);

#endif /* REPORT_PRINT_H */
