// SPDX-License-Identifier: GPL-2.0
/* The violations, each with its pages before and after, and the list of all tests. */
#include <string.h>

#include "../text.h"
#include "page.h"

static void add_text(xmlNode *article, const json_t *violation)
{
	const json_t *line;
	size_t i;

	json_array_foreach(json_object_get(violation, "text"), i, line) {
		const char *text = json_string_value(line) ?: "";
		const char *rest;

		if (add_strip(article, text))
			continue;
		rest = after(text, "#   ");
		if (rest && !after(rest, "alone"))
			element(article, "p", "said", rest);
	}
}

static void add_violation(xmlNode *section, size_t kernel, const json_t *violation)
{
	const char *test = text_in(violation, "test"), *why = text_in(json_object_get(violation, "row"), "why");
	xmlNode *article = element(section, "article", violation_kind(violation), NULL), *head;

	head = element(article, "h4", NULL, NULL);
	element(head, "span", "class", text_in(violation, "class"));
	if (*test)
		link_to(head, "test", kernel, test, test);
	else
		element(head, "span", NULL, "between tests");
	add_text(article, violation);
	element(article, "p", "kind", *why ? text_of("%s: %s", violation_kind(violation), why) : "new: no row knows it");
	if (*text_in(violation, "again"))
		element(element(article, "p", NULL, "again: "), "code", NULL, text_in(violation, "again"));
	element(element(article, "details", NULL, NULL), "summary", NULL, "as it was printed");
	element(article->last, "pre", NULL, violation_text(violation));
}

/* Those of one requirement, under its id; contracts and bypasses are in the tests' list only. */
static void add_requirement(xmlNode *section, size_t kernel, const json_t *verdict, const json_t *requirement)
{
	const json_t *violation;
	xmlNode *head = NULL;
	size_t i;

	json_array_foreach(json_object_get(verdict, "violations"), i, violation) {
		const char *kind = violation_kind(violation);

		if (strcmp(text_in(violation, "requirement"), requirement ? text_in(requirement, "id") : "") ||
		    !strcmp(kind, "contract") || !strcmp(kind, "bypass"))
			continue;
		if (!head) {
			head = element(section, "h3", NULL, requirement ? text_in(requirement, "id") : "no requirement");
			make_target(head, "violated", kernel, requirement ? text_in(requirement, "id") : "");
			element(section, "p", NULL, requirement ? text_in(requirement, "statement") : "");
		}
		add_violation(section, kernel, violation);
	}
}

void add_violations(xmlNode *parent, const struct verdicts *verdicts)
{
	const json_t *requirement;
	size_t i, k;

	for (k = 0; k < verdicts->count; k++) {
		const json_t *verdict = verdicts->at[k];
		xmlNode *section = element(parent, "section", NULL, NULL);

		element(section, "h2", NULL, text_of("Violations on %s", text_in(verdict, "asked")));
		if (!json_array_size(json_object_get(verdict, "violations"))) {
			element(section, "p", NULL, "None.");
			continue;
		}
		add_legend(section);
		json_array_foreach(json_object_get(verdict, "requirements"), i, requirement)
			add_requirement(section, k, verdict, requirement);
		add_requirement(section, k, verdict, NULL);
	}
}

static void add_test(xmlNode *body, size_t kernel, const json_t *verdict, const json_t *test)
{
	xmlNode *row = element(body, "tr", text_in(test, "outcome"), NULL), *cell;
	const json_t *violation = test_violation(verdict, test), *id;
	char *ids = copy_of("");
	size_t i;

	make_target(row, "test", kernel, text_in(test, "name"));
	element(row, "td", NULL, text_in(verdict, "asked"));
	cell = element(row, "td", "name", text_in(test, "name"));
	element(cell, "code", NULL, text_in(test, "again"));
	cell = element(row, "td", "outcome", text_in(test, "outcome"));
	if (violation)
		element(cell, "small", NULL, text_of(" %s, %s", violation_kind(violation), violation_headline(violation)));
	else if (*text_in(test, "reason"))
		element(cell, "small", NULL, text_of(" %s", text_in(test, "reason")));
	json_array_foreach(json_object_get(test, "covers"), i, id)
		ids = text_of("%s%s%s", ids, *ids ? " " : "", json_string_value(id) ?: "");
	element(row, "td", NULL, ids);
}

void add_tests(xmlNode *parent, const struct verdicts *verdicts)
{
	static const char *const columns[] = { "kernel", "test", "outcome", "covers" };
	xmlNode *table = element(element(parent, "div", "scroll", NULL), "table", "tests", NULL), *row, *body;
	const json_t *test;
	size_t i, k;

	attribute(table, "id", "tests");
	row = element(element(table, "thead", NULL, NULL), "tr", NULL, NULL);
	for (i = 0; i < ARRAY_SIZE(columns); i++)
		element(row, "th", NULL, columns[i]);
	body = element(table, "tbody", NULL, NULL);
	for (k = 0; k < verdicts->count; k++)
		json_array_foreach(json_object_get(verdicts->at[k], "tests"), i, test)
			add_test(body, k, verdicts->at[k], test);
}
