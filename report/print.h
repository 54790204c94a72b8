/* SPDX-License-Identifier: GPL-2.0 */
/* print - a verdict as text for whoever reads a failure at night. docs/verdict.md explains it. */
#ifndef REPORT_PRINT_H
#define REPORT_PRINT_H

#include <stdio.h>

#include "judge.h"

/*
 * Why the verdict is what it is. @kernel is what `run.sh -k` was given, for the lines that say how to repeat. Write errors
 * stay in @out: ask ferror().
 */
void print_grounds(FILE *out, const struct verdict *verdict, const char *kernel);

/* The VERDICT line. */
void print_last_line(FILE *out, const struct verdict *verdict);

/* The part about requirements that are violated, in violations.c. */
void print_violations(FILE *out, const struct verdict *verdict, const char *kernel);

/* All violations for a program to read, one a line, tab-separated: see --violations in main.c. In violations.c too. */
void print_violations_table(FILE *out, const struct verdict *verdict);

/* The command that runs just @test, on what `run.sh -k` was given. */
char *again_text(const struct test *test, const char *kernel);

const char *answer_name(enum answer answer);

#endif /* REPORT_PRINT_H */
