/* SPDX-License-Identifier: GPL-2.0 */
/*
 * table - a tab-separated file of four columns, none empty; blank lines and lines that begin with # are comments.
 *
 * A row that breaks a rule ends the program with its file and line: what isn't understood must not excuse anything.
 */
#ifndef REPORT_TABLE_H
#define REPORT_TABLE_H

#include "text.h"

#define TABLE_COLUMNS 4

struct table {
	char *path;
	size_t line;		/* of the row at hand, from 1 */
	const char *const *columns;	/* TABLE_COLUMNS names, for complaints */
};

/* Calls @add for each row; the fields are its to keep. */
void table_read(struct table *table, void (*add)(void *context, const struct table *table, char **field), void *context);

#endif /* REPORT_TABLE_H */
