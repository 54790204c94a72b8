// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <string.h>

#include "../text.h"
#include "present.h"

/* What the formats lean on: docs/schema/verdict.json has all of it. */
static const struct need {
	const char *field;
	json_type type;
} wanted[] = {
	{ "asked", JSON_STRING }, { "kernel", JSON_STRING }, { "arch", JSON_STRING }, { "verdict", JSON_STRING },
	{ "exit", JSON_INTEGER }, { "counts", JSON_OBJECT }, { "facts", JSON_OBJECT }, { "selection", JSON_ARRAY },
	{ "requirements", JSON_ARRAY }, { "violations", JSON_ARRAY }, { "stale", JSON_ARRAY },
	{ "unmatched", JSON_ARRAY }, { "troubles", JSON_ARRAY }, { "tests", JSON_ARRAY },
	{ 0 },
}, of_requirement[] = {
	{ "id", JSON_STRING }, { "statement", JSON_STRING }, { "source", JSON_STRING }, { "state", JSON_STRING },
	{ "reasons", JSON_ARRAY },
	{ 0 },
}, of_violation[] = {
	{ "class", JSON_STRING }, { "text", JSON_ARRAY },
	{ 0 },
}, of_test[] = {
	{ "name", JSON_STRING }, { "outcome", JSON_STRING }, { "covers", JSON_ARRAY }, { "again", JSON_STRING },
	{ 0 },
};

static void check_fields(const char *file, const char *what, const json_t *object, const struct need *needs)
{
	size_t i;

	for (i = 0; needs[i].field; i++) {
		const json_t *value = json_object_get(object, needs[i].field);

		if (!value || json_typeof(value) != needs[i].type)
			die_at(file, 0, "%s has no fitting '%s': write it again, by 'report --json'", what, needs[i].field);
	}
}

static void check_each(const char *file, const char *what, const json_t *array, const struct need *needs)
{
	const json_t *entry;
	size_t i;

	json_array_foreach(array, i, entry)
		check_fields(file, what, entry, needs);
}

static json_t *verdict_read(const char *file)
{
	json_error_t error;
	json_t *verdict = json_load_file(file, 0, &error);
	const char *format;

	if (!verdict)
		die_at(file, error.line > 0 ? error.line : 0, "%s", error.text);
	format = json_string_value(json_object_get(verdict, "format"));
	if (!format || strcmp(format, "uffd-wp-conform verdict"))
		die_at(file, 0, "no verdict: name what 'report --json' wrote");
	if (json_integer_value(json_object_get(verdict, "version")) != 1)
		die_at(file, 0, "a verdict of another version: write it again, by 'report --json'");
	check_fields(file, "the verdict", verdict, wanted);
	check_each(file, "a requirement", json_object_get(verdict, "requirements"), of_requirement);
	check_each(file, "a violation", json_object_get(verdict, "violations"), of_violation);
	check_each(file, "a test", json_object_get(verdict, "tests"), of_test);
	return verdict;
}

void verdicts_read(struct verdicts *verdicts, char *const *files, size_t count)
{
	size_t i;

	verdicts->at = new_bytes(count * sizeof(*verdicts->at));
	verdicts->count = count;
	for (i = 0; i < count; i++)
		verdicts->at[i] = verdict_read(files[i]);
}

const char *text_in(const json_t *object, const char *field)
{
	return json_string_value(json_object_get(object, field)) ?: "";
}

char *violation_headline(const json_t *violation)
{
	const char *id = text_in(violation, "requirement");

	return text_of("%s: %s", text_in(violation, "class"), *id ? id : "no requirement");
}

char *violation_text(const json_t *violation)
{
	const json_t *line;
	char *text;
	size_t i, len;
	FILE *out = open_memstream(&text, &len);

	if (!out)
		die_at(NULL, 0, "no memory: %s", strerror(errno));
	json_array_foreach(json_object_get(violation, "text"), i, line)
		fprintf(out, "%s\n", json_string_value(line) ?: "");
	fclose(out);
	return text;
}

const char *violation_kind(const json_t *violation)
{
	const char *kind = text_in(json_object_get(violation, "row"), "kind");

	return *kind ? kind : "new";
}

bool violation_fails(const json_t *verdict, const json_t *violation)
{
	bool allowed = !strcmp(violation_kind(violation), "bug") && json_is_true(json_object_get(verdict, "allow_known"));

	return json_is_true(json_object_get(violation, "counts")) && !allowed;
}

const json_t *test_violation(const json_t *verdict, const json_t *test)
{
	const json_t *violation, *found = NULL;
	size_t i;

	json_array_foreach(json_object_get(verdict, "violations"), i, violation) {
		if (strcmp(text_in(violation, "test"), text_in(test, "name")))
			continue;
		if (violation_fails(verdict, violation))
			return violation;
		if (!found)
			found = violation;
	}
	return found;
}

char *verdict_counts(const json_t *verdict)
{
	const json_t *counts = json_object_get(verdict, "counts");
	long long n[6];
	static const char *const fields[] = {
		"requirements", "verified", "violated", "known", "unverified", "deviations"
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(fields); i++)
		n[i] = json_integer_value(json_object_get(counts, fields[i]));
	return text_of("%lld requirements: %lld verified, %lld violated of which %lld by known bugs, %lld unverified; %lld deviations",
		       n[0], n[1], n[2], n[3], n[4], n[5]);
}

void write_json(FILE *out, const struct verdicts *verdicts)
{
	json_t *all = json_array();
	size_t i;

	for (i = 0; i < verdicts->count; i++)
		json_array_append(all, verdicts->at[i]);
	json_dumpf(all, out, JSON_INDENT(1));
	fputc('\n', out);
}
