// SPDX-License-Identifier: GPL-2.0
#include <string.h>

#include "../table.h"
#include "meaning.h"

#define NONE "none"
#define DEPTH 8			/* of what needs what; only a table in a circle has more */

struct meaning {
	char *fact;
	char *value;
	char *needs;
	char *text;
};

struct meanings {
	struct meaning *at;
	size_t count;
};

static bool is_question(const struct meaning *meaning)
{
	return !strcmp(meaning->value, "?");
}

static void add(void *context, const struct table *table, char **field)
{
	struct meanings *meanings = context;
	const struct meaning new = { field[0], field[1], field[2], field[3] };
	const char *problem = is_question(&new) ? when_problem(new.needs) : NULL;

	if (problem)
		die_at(table->path, table->line, "%s", problem);
	meanings->at = grow(meanings->at, meanings->count, sizeof(*meanings->at));
	meanings->at[meanings->count++] = new;
}

struct meanings *meanings_read(const char *path)
{
	static const char *const columns[TABLE_COLUMNS] = { "fact", "value", "needs", "text" };
	struct table table = { .path = copy_of(path), .columns = columns };
	struct meanings *meanings = new_bytes(sizeof(*meanings));

	table_read(&table, add, meanings);
	return meanings;
}

static const struct meaning *find(const struct meanings *meanings, const char *fact, const char *value)
{
	for (size_t i = 0; i < meanings->count; i++)
		if (!strcmp(meanings->at[i].fact, fact) && !strcmp(meanings->at[i].value, value))
			return &meanings->at[i];
	return NULL;
}

const char *meaning_question(const struct meanings *meanings, const char *fact)
{
	const struct meaning *question = find(meanings, fact, "?");

	return question ? question->text : NULL;
}

/* The fact that a failing term, as when_failing() tells it, speaks of. */
static char *fact_of(const char *term)
{
	return copy_of_n(term, strcspn(term, "=!<>"));
}

/* What isn't told may lack something that isn't told for want of something else: the last of them is the reason. */
static const char *why_none(const struct meanings *meanings, const struct facts *facts, const char *fact)
{
	const char *failing = NULL;

	for (int i = 0; i < DEPTH; i++) {
		const struct meaning *question = find(meanings, fact, "?");
		const char *next = question ? when_failing(question->needs, facts) : NULL;
		const char *value;

		if (!next)
			break;
		failing = next;
		fact = fact_of(next);
		value = facts_get(facts, fact);
		if (value && strcmp(value, NONE))
			break;
	}
	return failing ? text_of("cannot be told: needs %s", failing) :
		"cannot be told: the question got no answer";
}

const char *meaning_of(const struct meanings *meanings, const struct facts *facts, const char *fact)
{
	const char *value = facts_get(facts, fact) ?: NONE;
	const struct meaning *meaning = find(meanings, fact, value);

	if (!meaning && !strcmp(value, NONE))
		return why_none(meanings, facts, fact);
	if (!meaning)
		meaning = find(meanings, fact, "*");
	return meaning ? meaning->text : "expected/facts.tsv has no row for this value";
}
