/* SPDX-License-Identifier: GPL-2.0 */
/*
 * expected - what must hold, and where something else is known: the two tables of expected/.
 *
 * Tab-separated, one tab between columns, all four columns filled; blank lines and lines that begin
 * with # are comments. A table that breaks a rule ends the program with its file and line: an
 * expectation that isn't understood must not excuse anything.
 */
#ifndef REPORT_EXPECTED_H
#define REPORT_EXPECTED_H

#include "text.h"

struct requirement {
	char *id;		/* WP-NEVER-WRITABLE */
	char *statement;
	char *source;
	char *applies;		/* a condition as in when.h */
};

enum kind {
	CONTRACT,		/* an older or other legitimate meaning */
	BUG,			/* known, with its fix or its report */
	BYPASS,			/* a declared limit */
};

struct deviation {
	char *glob;		/* fnmatch(3) on case:fixture.variant.test */
	enum kind kind;
	char *when;		/* a condition as in when.h */
	char *why;
	size_t line;		/* in deviations.tsv, from 1 */
};

/* Entries stay where they are: pointers to them are good to the program's end. */
struct expected {
	struct requirement **requirements;
	size_t requirement_count;
	struct deviation **deviations;
	size_t deviation_count;
};

/* Reads DIR/requirements.tsv and DIR/deviations.tsv; ends the program on any mistake in them. */
void expected_read(struct expected *expected, const char *dir);

/* NULL when there is no such id. */
const struct requirement *expected_find(const struct expected *expected, const char *id);

const char *kind_name(enum kind kind);

#endif /* REPORT_EXPECTED_H */
