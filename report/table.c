// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <string.h>

#include "table.h"

static void split_row(const struct table *table, char *row, char **field)
{
	for (size_t i = 0; i < TABLE_COLUMNS; i++) {
		field[i] = strsep(&row, "\t");
		if (!field[i])
			die_at(table->path, table->line,
			       "column %zu (%s) is missing: separate columns by one tab",
			       i + 1, table->columns[i]);
		if (!field[i][length_of(field[i], " ")])
			die_at(table->path, table->line,
			       "column %zu (%s) is empty: fill it, and separate columns by one tab",
			       i + 1, table->columns[i]);
	}
	if (row)
		die_at(table->path, table->line, "a column too many behind %s: only one tab between columns",
		       table->columns[TABLE_COLUMNS - 1]);
}

void table_read(struct table *table, void (*add)(void *context, const struct table *table, char **field), void *context)
{
	FILE *in = fopen(table->path, "re");
	char *row, *field[TABLE_COLUMNS];
	bool whole;

	if (!in)
		die_at(table->path, 0, "%s: give the folder of the tables with --expected", strerror(errno));
	while ((row = read_line(in, table->path, &whole))) {
		table->line++;
		if (!row[length_of(row, " \t")] || row[0] == '#')
			continue;
		/* readable() turned what is no text into \xNN; no honest row has that */
		if (strstr(row, "\\x"))
			die_at(table->path, table->line, "bytes that are no text: write UTF-8, no control characters");
		split_row(table, row, field);
		add(context, table, field);
	}
	fclose(in);
}
