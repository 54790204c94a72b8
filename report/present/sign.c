// SPDX-License-Identifier: GPL-2.0
/* What each state of a requirement looks like. */
#include <string.h>

#include "../text.h"
#include "present.h"

static const struct sign signs[] = {
	{ "verified", "good", "✓", "verified" },
	{ "violated", "bad", "✗", "violated" },
	{ "known", "known", "!", "known bug" },
	{ "deviating", "deviates", "≈", "deviates" },
	{ "unverified", "open", "?", "unverified" },
	{ "not_applicable", "na", "–", "not applicable" },
	{ "not_selected", "na", "·", "not selected" },
};

const json_t *requirement_of(const json_t *verdict, const char *id)
{
	const json_t *requirement;
	size_t i;

	json_array_foreach(json_object_get(verdict, "requirements"), i, requirement)
		if (!strcmp(text_in(requirement, "id"), id))
			return requirement;
	return NULL;
}

const struct sign *sign_of(const json_t *requirement)
{
	const char *state = requirement ? text_in(requirement, "state") : "not_selected";
	size_t i;

	if (requirement && json_is_true(json_object_get(requirement, "known")))
		state = "known";
	for (i = 0; i < ARRAY_SIZE(signs) - 1 && strcmp(state, signs[i].state); i++)
		;
	return &signs[i];
}
