// SPDX-License-Identifier: GPL-2.0
/* Kernels against requirements. */
#include <string.h>

#include "../text.h"
#include "page.h"

static void add_cell(xmlNode *row, size_t kernel, const json_t *requirement)
{
	const struct sign *sign = sign_of(requirement);
	xmlNode *cell = element(row, "td", sign->class, NULL), *text;

	if (!strcmp(sign->state, "known") || !strcmp(sign->state, "violated"))
		text = link_to(cell, "violated", kernel, text_in(requirement, "id"), NULL);
	else
		text = element(cell, "span", NULL, NULL);
	element(text, "i", NULL, sign->sign);
	element(text, "span", "word", sign->word);
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
