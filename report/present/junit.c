// SPDX-License-Identifier: GPL-2.0
/*
 * JUnit: a suite a kernel, a test case a test. It fails if and only if the run did: what a row excuses, or a known bug that is
 * allowed, is no failure there, and what fails a run without being a test (a stale row, a requirement that nothing verified) is a
 * test case of its own. docs/schema/junit.xsd is what it promises.
 */
#include <libxml/tree.h>
#include <stdlib.h>
#include <string.h>

#include "../text.h"
#include "present.h"

struct tally {
	size_t tests;
	size_t failures;
	size_t errors;
	size_t skipped;
};

static xmlNode *child(xmlNode *parent, const char *name, const char *text)
{
	return xmlNewTextChild(parent, NULL, BAD_CAST name, text ? BAD_CAST text : NULL);
}

static void set(xmlNode *node, const char *name, const char *value)
{
	xmlNewProp(node, BAD_CAST name, BAD_CAST value);
}

static xmlNode *add_case(xmlNode *suite, struct tally *tally, const char *class, const char *name)
{
	xmlNode *node = child(suite, "testcase", NULL);

	tally->tests++;
	set(node, "classname", class);
	set(node, "name", name);
	return node;
}

static void add_failure(xmlNode *node, size_t *count, const char *how, const char *message, const char *type,
			const char *text)
{
	xmlNode *failure = child(node, how, text);

	++*count;
	set(failure, "message", message);
	if (type)
		set(failure, "type", type);
}

static void add_violation(xmlNode *node, struct tally *tally, const json_t *verdict, const json_t *violation)
{
	const char *why = text_in(json_object_get(violation, "row"), "why");
	char *text = text_of("%s%s%s\nagain: %s\n", violation_text(violation), *why ? "known: " : "", why,
			     text_in(violation, "again"));

	if (violation_fails(verdict, violation))
		add_failure(node, &tally->failures, "failure", violation_headline(violation), text_in(violation, "class"),
			    text);
	else if (!strcmp(violation_kind(violation), "bug"))
		add_failure(node, &tally->skipped, "skipped", text_of("known bug: %s", why), NULL, NULL);
	else
		child(node, "system-out", text);
}

static void add_test(xmlNode *suite, struct tally *tally, const json_t *verdict, const json_t *test)
{
	const char *name = text_in(test, "name"), *outcome = text_in(test, "outcome"), *colon = strchr(name, ':');
	const json_t *violation = test_violation(verdict, test);
	char *class = text_of("%s.%.*s", text_in(verdict, "asked"), colon ? (int)(colon - name) : 0, name);
	xmlNode *node = add_case(suite, tally, class, colon ? colon + 1 : name);

	if (violation)
		add_violation(node, tally, verdict, violation);
	else if (!strcmp(outcome, "skipped"))
		add_failure(node, &tally->skipped, "skipped", text_in(test, "reason"), NULL, NULL);
	else if (strcmp(outcome, "passed"))
		add_failure(node, &tally->errors, "error", text_in(test, "reason"), outcome, NULL);
}

/* Violations of no test: the guest died between two. */
static void add_untested(xmlNode *suite, struct tally *tally, const json_t *verdict)
{
	const json_t *violation;
	size_t i;

	json_array_foreach(json_object_get(verdict, "violations"), i, violation)
		if (!*text_in(violation, "test"))
			add_violation(add_case(suite, tally, "guest", "lives to the end"), tally, verdict, violation);
}

static char *reasons_of(const json_t *requirement)
{
	const json_t *reason;
	char *text = copy_of("");
	size_t i;

	json_array_foreach(json_object_get(requirement, "reasons"), i, reason)
		text = text_of("%s%s\n", text, text_in(reason, "text"));
	return text;
}

static void add_unverified(xmlNode *suite, struct tally *tally, const json_t *verdict)
{
	const json_t *requirement;
	size_t i;

	json_array_foreach(json_object_get(verdict, "requirements"), i, requirement)
		if (!strcmp(text_in(requirement, "state"), "unverified"))
			add_failure(add_case(suite, tally, "requirement", text_in(requirement, "id")), &tally->errors, "error",
				    "applies, and no test verified it", "unverified", reasons_of(requirement));
}

static void add_expectations(xmlNode *suite, struct tally *tally, const json_t *verdict)
{
	const json_t *entry;
	size_t i;

	json_array_foreach(json_object_get(verdict, "stale"), i, entry)
		add_failure(add_case(suite, tally, "expectation", text_in(entry, "glob")), &tally->failures, "failure",
			    "expected to fail, passed: drop the row or narrow it", "stale", text_in(entry, "why"));
	json_array_foreach(json_object_get(verdict, "troubles"), i, entry)
		add_failure(add_case(suite, tally, "run", text_of("is whole %zu", i + 1)), &tally->errors, "error",
			    json_string_value(entry) ?: "", "incomplete", NULL);
}

static void set_tally(xmlNode *node, const struct tally *tally)
{
	set(node, "tests", text_of("%zu", tally->tests));
	set(node, "failures", text_of("%zu", tally->failures));
	set(node, "errors", text_of("%zu", tally->errors));
	set(node, "skipped", text_of("%zu", tally->skipped));
}

static void add_properties(xmlNode *suite, const json_t *verdict)
{
	xmlNode *properties = child(suite, "properties", NULL), *property;
	const json_t *value;
	const char *name;

	json_object_foreach((json_t *)json_object_get(verdict, "facts"), name, value) {
		property = child(properties, "property", NULL);
		set(property, "name", name);
		set(property, "value", json_string_value(value) ?: "");
	}
}

static void add_suite(xmlNode *suites, struct tally *all, const json_t *verdict)
{
	xmlNode *suite = child(suites, "testsuite", NULL);
	struct tally tally = { 0 };
	const json_t *test;
	size_t i;

	set(suite, "name", text_of("%s (%s, %s)", text_in(verdict, "asked"), text_in(verdict, "kernel"),
				   text_in(verdict, "arch")));
	add_properties(suite, verdict);
	json_array_foreach(json_object_get(verdict, "tests"), i, test)
		add_test(suite, &tally, verdict, test);
	add_untested(suite, &tally, verdict);
	add_unverified(suite, &tally, verdict);
	add_expectations(suite, &tally, verdict);
	set_tally(suite, &tally);
	all->tests += tally.tests;
	all->failures += tally.failures;
	all->errors += tally.errors;
	all->skipped += tally.skipped;
}

void write_junit(FILE *out, const struct verdicts *verdicts)
{
	xmlDoc *doc = xmlNewDoc(BAD_CAST "1.0");
	xmlNode *suites = xmlNewNode(NULL, BAD_CAST "testsuites");
	struct tally all = { 0 };
	size_t i;

	xmlDocSetRootElement(doc, suites);
	set(suites, "name", "uffd-wp-conform");
	for (i = 0; i < verdicts->count; i++)
		add_suite(suites, &all, verdicts->at[i]);
	set_tally(suites, &all);
	xmlDocFormatDump(out, doc, 1);
	xmlFreeDoc(doc);
}
