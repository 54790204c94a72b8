// SPDX-License-Identifier: GPL-2.0
#include <jansson.h>
#include <string.h>

#include "json.h"

/* The format's number: what reads version 1 can read whatever has 1, for fields are added and none changes its meaning. */
#define JSON_VERSION 1

static const char *const states[] = {
	[VERIFIED] = "verified", [VIOLATED] = "violated", [DEVIATING] = "deviating", [UNVERIFIED] = "unverified",
	[NOT_APPLICABLE] = "not_applicable", [NOT_SELECTED] = "not_selected",
};

static const char *const outcomes[] = {
	[NO_RESULT] = "no_result", [PASSED] = "passed", [FAILED] = "failed", [SKIPPED] = "skipped",
};

/* jansson has said no: for text that is no UTF-8, which readable() has seen to, or for want of memory. */
static json_t *made(json_t *value)
{
	if (!value)
		die_at(NULL, 0, "no memory for the verdict as JSON");
	return value;
}

static void set(json_t *object, const char *key, json_t *value)
{
	if (json_object_set_new(object, key, made(value)))
		die_at(NULL, 0, "no memory for the verdict as JSON");
}

static void append(json_t *array, json_t *value)
{
	if (json_array_append_new(array, made(value)))
		die_at(NULL, 0, "no memory for the verdict as JSON");
}

static json_t *text_or_null(const char *text)
{
	return text ? json_string(text) : json_null();
}

static json_t *texts(const struct strings *list)
{
	json_t *array = made(json_array());

	for (size_t i = 0; i < list->count; i++)
		append(array, json_string(list->at[i]));
	return array;
}

static json_t *facts(const struct facts *facts)
{
	json_t *object = made(json_object());

	for (size_t i = 0; i < facts->count; i++)
		set(object, facts->at[i].name, json_string(facts->at[i].value));
	return object;
}

static json_t *row(const struct deviation *row)
{
	json_t *object;

	if (!row)
		return json_null();
	object = made(json_object());
	set(object, "glob", json_string(row->glob));
	set(object, "kind", json_string(kind_name(row->kind)));
	set(object, "when", json_string(row->when));
	set(object, "why", json_string(row->why));
	set(object, "line", json_integer(row->line));
	return object;
}

static json_t *violation(const struct verdict *verdict, const struct violation *violation, const struct asked *asked)
{
	json_t *object = made(json_object());

	set(object, "requirement", text_or_null(violation->requirement ? violation->requirement->id : NULL));
	set(object, "class", json_string(class_name(violation->class)));
	set(object, "test", text_or_null(violation->test ? test_full_name(violation->test) : NULL));
	set(object, "text", texts(&violation->text));
	set(object, "row", row(violation->row));
	set(object, "counts", json_boolean(violation_counts(verdict, violation)));
	set(object, "again", text_or_null(violation->test ? again_text(violation->test, asked) : NULL));
	return object;
}

static json_t *violations(const struct verdict *verdict, const struct asked *asked)
{
	json_t *array = made(json_array());

	for (size_t i = 0; i < verdict->violation_count; i++)
		append(array, violation(verdict, verdict->violations[i], asked));
	return array;
}

static json_t *reasons(const struct judged *judged)
{
	json_t *array = made(json_array());

	for (size_t i = 0; i < judged->reason_count; i++) {
		json_t *object = made(json_object());

		set(object, "text", json_string(judged->reasons[i].text));
		set(object, "tests", json_integer(judged->reasons[i].tests));
		append(array, object);
	}
	return array;
}

static json_t *requirement(const struct judged *judged)
{
	json_t *object = made(json_object());

	set(object, "id", json_string(judged->requirement->id));
	set(object, "statement", json_string(judged->requirement->statement));
	set(object, "source", json_string(judged->requirement->source));
	set(object, "state", json_string(states[judged->state]));
	set(object, "known", json_boolean(judged->state == VIOLATED && judged->known));
	set(object, "needs", text_or_null(judged->state == NOT_APPLICABLE ? judged->failing : NULL));
	set(object, "reasons", reasons(judged));
	return object;
}

static json_t *requirements(const struct verdict *verdict)
{
	json_t *array = made(json_array());

	for (size_t i = 0; i < verdict->count; i++)
		append(array, requirement(&verdict->at[i]));
	return array;
}

static json_t *test(const struct test *test, const struct asked *asked)
{
	json_t *object = made(json_object()), *ids = made(json_array());

	for (size_t i = 0; test->cover && i < test->cover->count; i++)
		append(ids, json_string(test->cover->requirements[i]->id));
	set(object, "name", json_string(test_full_name(test)));
	set(object, "outcome", json_string(outcomes[test->outcome]));
	set(object, "reason", text_or_null(test->outcome == SKIPPED || test->outcome == NO_RESULT ? test->reason : NULL));
	set(object, "covers", ids);
	set(object, "again", json_string(again_text(test, asked)));
	return object;
}

static json_t *tests(const struct run *run, const struct asked *asked)
{
	json_t *array = made(json_array());

	for (size_t c = 0; c < run->case_count; c++)
		for (size_t t = 0; t < run->cases[c]->test_count; t++)
			append(array, test(run->cases[c]->tests[t], asked));
	return array;
}

static json_t *remarks(const struct remark *remarks, size_t count)
{
	json_t *array = made(json_array());

	for (size_t i = 0; i < count; i++) {
		json_t *object = made(row(remarks[i].row));

		set(object, "tests", texts(&remarks[i].tests));
		append(array, object);
	}
	return array;
}

static json_t *guest(const struct death *death)
{
	json_t *object;

	if (!death->how)
		return json_null();
	object = made(json_object());
	set(object, "ended", json_string(death->how));
	set(object, "during", text_or_null(death->during ? test_full_name(death->during) : NULL));
	set(object, "console", texts(&death->console));
	return object;
}

static json_t *counts(const struct verdict *verdict)
{
	const size_t *n = verdict->states;
	json_t *object = made(json_object()), *tests = made(json_object());

	set(object, "requirements", json_integer(n[VERIFIED] + n[VIOLATED] + n[UNVERIFIED] + n[DEVIATING]));
	set(object, "verified", json_integer(n[VERIFIED]));
	set(object, "violated", json_integer(n[VIOLATED]));
	set(object, "known", json_integer(verdict->known));
	set(object, "unverified", json_integer(n[UNVERIFIED]));
	set(object, "deviations", json_integer(n[DEVIATING]));
	for (size_t i = 0; i < ARRAY_SIZE(outcomes); i++)
		set(tests, outcomes[i], json_integer(verdict->tests[i]));
	set(object, "tests", tests);
	return object;
}

static json_t *whole(const struct verdict *verdict, const struct asked *asked)
{
	const struct run *run = verdict->run;
	json_t *object = made(json_object());

	set(object, "format", json_string("uffd-wp-conform verdict"));
	set(object, "version", json_integer(JSON_VERSION));
	set(object, "asked", json_string(asked_text(asked)));
	set(object, "kernel", json_string(facts_get(&run->facts, "kernel") ?: "unknown"));
	set(object, "arch", json_string(facts_get(&run->facts, "arch") ?: "unknown"));
	set(object, "allow_known", json_boolean(asked->allow_known));
	set(object, "verdict", json_string(answer_name(verdict->answer)));
	set(object, "exit", json_integer(verdict_exit(verdict, asked->allow_known)));
	set(object, "counts", counts(verdict));
	set(object, "facts", facts(&run->facts));
	set(object, "selection", texts(&run->selection));
	set(object, "requirements", requirements(verdict));
	set(object, "violations", violations(verdict, asked));
	set(object, "stale", remarks(verdict->stale, verdict->stale_count));
	set(object, "unmatched", remarks(verdict->unmatched, verdict->unmatched_count));
	set(object, "troubles", texts(&verdict->troubles));
	set(object, "guest", guest(&run->death));
	set(object, "tests", tests(run, asked));
	return object;
}

static json_t *safeties(const struct verdict *verdict, const struct profiles *profiles)
{
	json_t *object = made(json_object());

	for (size_t i = 0; i < profiles->count; i++) {
		const char *name = profiles->at[i].profile;

		if (profile_is_first(profiles, i))
			set(object, name, json_string(safety_name(profile_safety(verdict, profiles, name))));
	}
	return object;
}

void print_json(FILE *out, const struct verdict *verdict, const struct profiles *profiles, const struct asked *asked)
{
	json_t *object = whole(verdict, asked);

	set(object, "profiles", safeties(verdict, profiles));
	json_dumpf(object, out, JSON_INDENT(1));
	fputc('\n', out);
	json_decref(object);
}
