// SPDX-License-Identifier: GPL-2.0
/* Kernels against requirements. */
#include <string.h>

#include "../text.h"
#include "page.h"

/* A state's sign, which needs no colour, and the word behind it. */
static const struct {
	const char *state;
	const char *class;
	const char *sign;
	const char *word;
} signs[] = {
	{ "verified", "good", "✓", "verified" },
	{ "violated", "bad", "✗", "violated" },
	{ "known", "known", "!", "known bug" },
	{ "deviating", "deviates", "≈", "deviates" },
	{ "unverified", "open", "?", "unverified" },
	{ "not_applicable", "na", "–", "not applicable" },
	{ "not_selected", "na", "·", "not selected" },
};

static const json_t *requirement_of(const json_t *verdict, const char *id)
{
	const json_t *requirement;
	size_t i;

	json_array_foreach(json_object_get(verdict, "requirements"), i, requirement)
		if (!strcmp(text_in(requirement, "id"), id))
			return requirement;
	return NULL;
}

static void add_cell(xmlNode *row, size_t kernel, const json_t *requirement)
{
	const char *state = requirement ? text_in(requirement, "state") : "not_selected";
	xmlNode *cell = element(row, "td", NULL, NULL), *sign;
	size_t i;

	if (requirement && json_is_true(json_object_get(requirement, "known")))
		state = "known";
	for (i = 0; i < ARRAY_SIZE(signs) - 1 && strcmp(state, signs[i].state); i++)
		;
	attribute(cell, "class", signs[i].class);
	if (!strcmp(state, "known") || !strcmp(state, "violated"))
		sign = link_to(cell, "violated", kernel, text_in(requirement, "id"), NULL);
	else
		sign = element(cell, "span", NULL, NULL);
	element(sign, "i", NULL, signs[i].sign);
	element(sign, "span", "word", signs[i].word);
	if (requirement && *text_in(requirement, "needs"))
		attribute(cell, "title", text_of("needs %s", text_in(requirement, "needs")));
}

static void add_head(xmlNode *table, const struct verdicts *verdicts)
{
	xmlNode *row = element(element(table, "thead", NULL, NULL), "tr", NULL, NULL);
	size_t i;

	element(row, "th", NULL, "requirement");
	for (i = 0; i < verdicts->count; i++)
		element(row, "th", NULL, text_in(verdicts->at[i], "asked"));
}

void add_matrix(xmlNode *parent, const struct verdicts *verdicts)
{
	xmlNode *table = element(element(parent, "div", "scroll", NULL), "table", "matrix", NULL), *body, *row, *head;
	const json_t *requirement;
	size_t i, k;

	add_head(table, verdicts);
	body = element(table, "tbody", NULL, NULL);
	json_array_foreach(json_object_get(verdicts->at[0], "requirements"), i, requirement) {
		const char *id = text_in(requirement, "id");

		row = element(body, "tr", NULL, NULL);
		head = element(row, "th", NULL, NULL);
		attribute(head, "scope", "row");
		head = element(head, "details", NULL, NULL);
		element(head, "summary", NULL, id);
		element(head, "p", NULL, text_in(requirement, "statement"));
		element(head, "p", "source", text_of("source: %s", text_in(requirement, "source")));
		for (k = 0; k < verdicts->count; k++)
			add_cell(row, k, requirement_of(verdicts->at[k], id));
	}
}
