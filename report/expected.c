// SPDX-License-Identifier: GPL-2.0
#include <string.h>

#include "expected.h"
#include "table.h"
#include "when.h"

static const char *const requirement_columns[TABLE_COLUMNS] = { "id", "statement", "source", "applies" };
static const char *const deviation_columns[TABLE_COLUMNS] = { "test", "kind", "when", "why" };
static const char *const kind_names[] = { [CONTRACT] = "contract", [BUG] = "bug", [BYPASS] = "bypass" };

const char *kind_name(enum kind kind)
{
	return kind_names[kind];
}

const struct requirement *expected_find(const struct expected *expected, const char *id)
{
	for (size_t i = 0; i < expected->requirement_count; i++)
		if (!strcmp(expected->requirements[i]->id, id))
			return expected->requirements[i];
	return NULL;
}

static void check_condition(const struct table *table, const char *condition)
{
	char *problem = when_problem(condition);

	if (problem)
		die_at(table->path, table->line, "%s", problem);
}

static bool is_id(const char *text)
{
	size_t len = length_of(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-");

	return len && !text[len] && text[0] >= 'A' && text[len - 1] != '-';
}

static void add_requirement(void *context, const struct table *table, char **field)
{
	struct expected *expected = context;
	struct requirement *requirement = new_bytes(sizeof(*requirement));

	*requirement = (struct requirement){ field[0], field[1], field[2], field[3] };
	if (!is_id(requirement->id))
		die_at(table->path, table->line, "'%s' is no id: upper case, digits and hyphens, as in WP-PERSISTS",
		       requirement->id);
	if (expected_find(expected, requirement->id))
		die_at(table->path, table->line, "id %s stands here a second time: ids are unique, drop one row",
		       requirement->id);
	check_condition(table, requirement->applies);
	expected->requirements = grow(expected->requirements, expected->requirement_count,
				      sizeof(*expected->requirements));
	expected->requirements[expected->requirement_count++] = requirement;
}

static enum kind kind_of(const struct table *table, const char *name)
{
	for (size_t i = 0; i < ARRAY_SIZE(kind_names); i++)
		if (!strcmp(kind_names[i], name))
			return i;
	die_at(table->path, table->line, "unknown kind '%s': write contract, bug or bypass", name);
}

static void add_deviation(void *context, const struct table *table, char **field)
{
	struct expected *expected = context;
	struct deviation *row = new_bytes(sizeof(*row));

	*row = (struct deviation){ .glob = field[0], .kind = kind_of(table, field[1]), .when = field[2],
				   .why = field[3], .line = table->line };
	if (!strchr(row->glob, ':'))
		die_at(table->path, table->line, "'%s' names no case: write case:fixture.variant.test, * allowed",
		       row->glob);
	check_condition(table, row->when);
	for (size_t i = 0; i < expected->deviation_count; i++)
		if (!strcmp(expected->deviations[i]->glob, row->glob) &&
		    !strcmp(expected->deviations[i]->when, row->when))
			die_at(table->path, table->line, "same tests and same condition as line %zu: drop one row",
			       expected->deviations[i]->line);
	expected->deviations = grow(expected->deviations, expected->deviation_count,
				    sizeof(*expected->deviations));
	expected->deviations[expected->deviation_count++] = row;
}

void expected_read(struct expected *expected, const char *dir)
{
	struct table requirements = { text_of("%s/requirements.tsv", dir), 0, requirement_columns };
	struct table deviations = { text_of("%s/deviations.tsv", dir), 0, deviation_columns };

	table_read(&requirements, add_requirement, expected);
	if (!expected->requirement_count)
		die_at(requirements.path, 0, "no requirement in it: nothing could be judged, add a row");
	table_read(&deviations, add_deviation, expected);
}
