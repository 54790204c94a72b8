// SPDX-License-Identifier: GPL-2.0
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "text.h"
#include "when.h"

#define NAME_BYTES "abcdefghijklmnopqrstuvwxyz0123456789_."

enum operator { ALWAYS, EQUAL, UNEQUAL, AT_LEAST, BELOW };

struct term {
	char *text;
	char *name;
	enum operator op;
	char *value;
};

void facts_set(struct facts *facts, const char *name, const char *value)
{
	for (size_t i = 0; i < facts->count; i++) {
		if (!strcmp(facts->at[i].name, name)) {
			facts->at[i].value = copy_of(value);
			return;
		}
	}
	facts->at = grow(facts->at, facts->count, sizeof(*facts->at));
	facts->at[facts->count++] = (struct fact){ copy_of(name), copy_of(value) };
}

const char *facts_get(const struct facts *facts, const char *name)
{
	for (size_t i = 0; i < facts->count; i++)
		if (!strcmp(facts->at[i].name, name))
			return facts->at[i].value;
	return NULL;
}

static bool is_version(const char *text)
{
	return *text && !text[length_of(text, "0123456789.")] && text[0] != '.' &&
	       text[strlen(text) - 1] != '.' && !strstr(text, "..");
}

static char *split_operator(struct term *term, const char *rest)
{
	static const struct { const char *text; enum operator op; } operators[] = {
		{ "!=", UNEQUAL }, { ">=", AT_LEAST }, { "<", BELOW }, { "=", EQUAL },
	};

	for (size_t i = 0; i < ARRAY_SIZE(operators); i++) {
		const char *value = after(rest, operators[i].text);

		if (!value)
			continue;
		term->op = operators[i].op;
		term->value = copy_of(value);
		return NULL;
	}
	return text_of("'%s' is no term: write always, name=value, name!=value, kernel>=N or kernel<N",
		       term->text);
}

static bool is_numeric(const struct term *term)
{
	return term->op == AT_LEAST || term->op == BELOW;
}

/* Fills @term from the @len bytes at @text; what is wrong with them, or NULL. */
static char *parse_term(struct term *term, const char *text, size_t len)
{
	size_t name_len;
	char *problem;

	*term = (struct term){ .text = copy_of_n(text, len) };
	if (!strcmp(term->text, "always"))
		return NULL;
	name_len = length_of(term->text, NAME_BYTES);
	term->name = copy_of_n(term->text, name_len);
	problem = split_operator(term, term->text + name_len);
	if (problem)
		return problem;
	if (!name_len || !*term->value)
		return text_of("'%s' lacks a name or a value", term->text);
	if (is_numeric(term) != !strcmp(term->name, "kernel"))
		return text_of("'%s': kernel is compared by >= or <, and nothing else is", term->text);
	if (is_numeric(term) && !is_version(term->value))
		return text_of("'%s': a version is dotted numbers, as in 6.13", term->text);
	return NULL;
}

/* The sign of @release - @version; numbers that one of them lacks count as 0. */
static int compare_versions(const char *release, const char *version)
{
	while (*release || *version) {
		char *a, *b;
		unsigned long x = strtoul(release, &a, 10), y = strtoul(version, &b, 10);

		if (x != y)
			return x < y ? -1 : 1;
		release = a[0] == '.' && a[1] >= '0' && a[1] <= '9' ? a + 1 : "";
		version = *b == '.' ? b + 1 : "";
	}
	return 0;
}

static bool holds(const struct term *term, const char *fact)
{
	switch (term->op) {
	case ALWAYS:
		return true;
	case EQUAL:
		return fact && !strcmp(fact, term->value);
	case UNEQUAL:
		return !fact || strcmp(fact, term->value);
	case AT_LEAST:
		return fact && compare_versions(fact, term->value) >= 0;
	case BELOW:
		return fact && compare_versions(fact, term->value) < 0;
	}
	return false;
}

/* Moves @at over one word, whose start it returns; NULL when there is none left. */
static const char *next_word(const char **at, size_t *len)
{
	const char *word = *at + length_of(*at, " ");

	*len = strcspn(word, " ");
	*at = word + *len;
	return *len ? word : NULL;
}

char *when_problem(const char *condition)
{
	const char *at = condition, *word;
	struct term term;
	size_t len, terms = 0;

	for (; (word = next_word(&at, &len)); terms++) {
		char *problem = parse_term(&term, word, len);

		if (problem)
			return problem;
	}
	return terms ? NULL : copy_of("an empty condition: write always");
}

char *when_failing(const char *condition, const struct facts *facts)
{
	const char *at = condition, *word, *fact;
	struct term term;
	size_t len;

	while ((word = next_word(&at, &len))) {
		parse_term(&term, word, len);
		fact = term.name ? facts_get(facts, term.name) : NULL;
		if (!holds(&term, fact))
			return text_of("%s, here %s", term.text, fact ?: "not known");
	}
	return NULL;
}
