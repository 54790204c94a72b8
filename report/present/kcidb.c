// SPDX-License-Identifier: GPL-2.0
/*
 * Records as KCIDB has them (its schema's major version 4): a build a kernel, a test a test, with its statuses. FAIL: the kernel broke
 * a promise; ERROR: our own set-up broke; MISS: planned, and never ran; SKIP: not to be had here; DONE: fails, and is a meaning
 * that a row excuses. What one submits still lacks the checkout that only the submitter knows.
 */
#include <stdint.h>
#include <string.h>

#include "../text.h"
#include "present.h"

#define ORIGIN "uffd_wp_conform"

/* FNV-1a: the same kernel and test have the same id, wherever that is run. */
static char *id_of(const json_t *verdict, const char *name)
{
	const char *parts[] = { text_in(verdict, "kernel"), text_in(verdict, "arch"), name };
	uint64_t hash = 0xcbf29ce484222325;
	size_t i;
	const char *c;

	for (i = 0; i < ARRAY_SIZE(parts); i++)
		for (c = parts[i]; *c; c++)
			hash = (hash ^ (unsigned char)*c) * 0x100000001b3;
	return text_of(ORIGIN ":%016llx", (unsigned long long)hash);
}

static const char *status_of(const json_t *verdict, const json_t *test, const json_t *violation)
{
	const char *outcome = text_in(test, "outcome");

	if (violation)
		return violation_fails(verdict, violation) || !strcmp(violation_kind(violation), "bug") ? "FAIL" : "DONE";
	if (!strcmp(outcome, "passed"))
		return "PASS";
	if (!strcmp(outcome, "skipped"))
		return "SKIP";
	return json_is_object(json_object_get(verdict, "guest")) ? "MISS" : "ERROR";
}

/* A path's parts are divided by dots, and hold letters, digits, _ and -. */
static char *path_of(const char *name)
{
	char *path = text_of(ORIGIN ".%s", name), *c;

	for (c = path; *c; c++)
		if (*c == ':')
			*c = '.';
	return path;
}

static json_t *test_record(const json_t *verdict, const json_t *test)
{
	const json_t *violation = test_violation(verdict, test);
	json_t *misc = json_pack("{s:s, s:O}", "again", text_in(test, "again"), "requirements",
				 json_object_get(test, "covers"));
	json_t *record = json_pack("{s:s, s:s, s:s, s:s, s:s, s:o}",
				   "id", id_of(verdict, text_in(test, "name")),
				   "build_id", id_of(verdict, ""),
				   "origin", ORIGIN,
				   "path", path_of(text_in(test, "name")),
				   "status", status_of(verdict, test, violation),
				   "misc", misc);

	if (violation) {
		json_object_set_new(record, "comment", json_string(violation_headline(violation)));
		json_object_set_new(record, "log_excerpt", json_string(violation_text(violation)));
	} else if (*text_in(test, "reason")) {
		json_object_set_new(record, "comment", json_string(text_in(test, "reason")));
	}
	return record;
}

static json_t *build_record(const json_t *verdict)
{
	return json_pack("{s:s, s:s, s:s, s:s, s:s, s:{s:O, s:s}}", "id", id_of(verdict, ""), "checkout_id", ORIGIN ":unknown",
			 "origin", ORIGIN, "architecture", text_in(verdict, "arch"),
			 "comment", text_in(verdict, "kernel"),
			 "misc", "facts", json_object_get(verdict, "facts"), "verdict", text_in(verdict, "verdict"));
}

void write_kcidb(FILE *out, const struct verdicts *verdicts)
{
	json_t *builds = json_array(), *tests = json_array(), *all;
	const json_t *test;
	size_t i, k;

	for (i = 0; i < verdicts->count; i++) {
		json_array_append_new(builds, build_record(verdicts->at[i]));
		json_array_foreach(json_object_get(verdicts->at[i], "tests"), k, test)
			json_array_append_new(tests, test_record(verdicts->at[i], test));
	}
	all = json_pack("{s:{s:i, s:i}, s:[{s:s, s:s}], s:o, s:o}", "version", "major", 4, "minor", 0,
			"checkouts", "id", ORIGIN ":unknown", "origin", ORIGIN, "builds", builds, "tests", tests);
	json_dumpf(all, out, JSON_INDENT(1));
	fputc('\n', out);
}
