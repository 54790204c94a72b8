// SPDX-License-Identifier: GPL-2.0
#ifndef _GNU_SOURCE
#define _GNU_SOURCE		/* strchrnul */
#endif
#include <fnmatch.h>
#include <string.h>

#include "model.h"

static const char *const class_names[] = {
	[LOST] = "LOST", [EXTRA] = "EXTRA", [DISAGREE] = "DISAGREE",
	[HANG] = "HANG", [CRASH] = "CRASH", [INTERFACE] = "INTERFACE",
};

const char *class_name(enum class class)
{
	return class_names[class];
}

bool class_find(const char *name, enum class *class)
{
	for (size_t i = 0; i < ARRAY_SIZE(class_names); i++) {
		if (!strcmp(class_names[i], name)) {
			*class = i;
			return true;
		}
	}
	return false;
}

char *test_full_name(const struct test *test)
{
	if (!*test->in->name)
		return copy_of(test->name);
	return text_of("%s:%s", test->in->name, test->name);
}

bool run_selects(const struct run *run, const struct test_case *in, const struct cover *cover)
{
	size_t fixture = strcspn(cover->test, ".");
	char *any_variant = text_of("%.*s.*%s", (int)fixture, cover->test, cover->test + fixture);

	for (size_t i = 0; i < run->selection.count; i++) {
		const char *glob = run->selection.at[i], *colon = strchrnul(glob, ':');
		char *case_glob = copy_of_n(glob, colon - glob);

		if (*in->name && fnmatch(case_glob, in->name, 0))
			continue;
		if (!*colon || !fnmatch(colon + 1, cover->test, 0) || !fnmatch(colon + 1, any_variant, 0))
			return true;
	}
	return !run->selection.count;
}

/* The "fixture.test ID..." line of fixture.variant.test. */
static const struct cover *find_cover(const struct test_case *in, const char *name)
{
	const char *last = strrchr(name, '.') ?: name;
	char *short_name = text_of("%.*s%s", (int)strcspn(name, "."), name, last);

	for (size_t i = 0; i < in->cover_count; i++)
		if (!strcmp(in->covers[i]->test, short_name))
			return in->covers[i];
	return NULL;
}

struct test_case *case_add(struct run *run, const char *name)
{
	struct test_case *in = new_bytes(sizeof(*in));

	in->name = copy_of(name);
	in->remark = "";
	run->cases = grow(run->cases, run->case_count, sizeof(*run->cases));
	run->cases[run->case_count++] = in;
	return in;
}

struct test *test_add(struct test_case *in, const char *name)
{
	struct test *test = new_bytes(sizeof(*test));

	test->in = in;
	test->name = copy_of(name);
	test->cover = find_cover(in, name);
	test->reason = "its result line is missing from the stream";
	in->tests = grow(in->tests, in->test_count, sizeof(*in->tests));
	in->tests[in->test_count++] = test;
	return test;
}

const struct requirement *test_charged(const struct test *test)
{
	return test->cover ? test->cover->requirements[0] : NULL;
}

bool test_has_class(const struct test *test, enum class class)
{
	for (size_t i = 0; i < test->violation_count; i++)
		if (test->violations[i]->class == class)
			return true;
	return false;
}

struct violation *violation_new(const struct test *test, const struct requirement *requirement,
				enum class class, char *headline)
{
	struct violation *violation = new_bytes(sizeof(*violation));

	violation->test = test;
	violation->requirement = requirement;
	violation->class = class;
	strings_add(&violation->text, headline);
	return violation;
}

void test_violates(struct test *test, struct violation *violation)
{
	test->outcome = FAILED;
	test->violations = grow(test->violations, test->violation_count, sizeof(*test->violations));
	test->violations[test->violation_count++] = violation;
}

void test_fails(struct test *test, enum class class, const char *why)
{
	const struct requirement *requirement = test_charged(test);
	struct violation *violation;

	violation = violation_new(test, requirement, class,
				  text_of("# VIOLATED %s (%s) report: %s",
					  requirement ? requirement->id : "-", class_name(class), why));
	for (size_t i = 0; i < test->said.count; i++)
		strings_add(&violation->text, test->said.at[i]);
	test_violates(test, violation);
}
