/* SPDX-License-Identifier: GPL-2.0 */
/*
 * meaning - what the facts of build/probe mean, from expected/facts.tsv.
 *
 * A fact has one row with the value ?: what must hold for it to be told, and what was asked; and a row for each value,
 * * standing for any other. 'none' needs no row: what it lacks is found by the first.
 */
#ifndef REPORT_FACTS_MEANING_H
#define REPORT_FACTS_MEANING_H

#include "../when.h"

struct meanings;

/* Ends the program when @path can't be used. */
struct meanings *meanings_read(const char *path);

/* What was asked, NULL when the table hasn't the fact. */
const char *meaning_question(const struct meanings *meanings, const char *fact);

/* What the value that @facts has for @fact says of the kernel, or why it is none; never NULL. */
const char *meaning_of(const struct meanings *meanings, const struct facts *facts, const char *fact);

#endif /* REPORT_FACTS_MEANING_H */
