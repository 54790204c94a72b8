// SPDX-License-Identifier: GPL-2.0
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "ktap.h"
#include "text.h"

#define DIGITS "0123456789"

static const char *skip_spaces(const char *text)
{
	return text + length_of(text, " ");
}

/* " # SKIP why" and its kin, or "". */
static void parse_directive(struct ktap_line *parsed, const char *text)
{
	static const struct { const char *word; enum ktap_directive directive; } words[] = {
		{ "SKIP", KTAP_SKIP }, { "XFAIL", KTAP_XFAIL },
	};
	const char *hash = after(skip_spaces(text), "#");

	parsed->remark = hash ? skip_spaces(hash) : "";
	for (size_t i = 0; i < ARRAY_SIZE(words); i++) {
		size_t len = strlen(words[i].word);

		if (hash && after(words[i].word, parsed->remark))
			parsed->half_directive = true;
		if (strncasecmp(parsed->remark, words[i].word, len) ||
		    (parsed->remark[len] && parsed->remark[len] != ' '))
			continue;
		parsed->directive = words[i].directive;
		parsed->remark = skip_spaces(parsed->remark + len);
		return;
	}
}

static bool parse_plan(struct ktap_line *parsed, const char *text)
{
	const char *count = after(text, "1..");
	size_t len = count ? length_of(count, DIGITS) : 0;

	if (!len || (count[len] && count[len] != ' '))
		return false;
	parsed->kind = KTAP_PLAN;
	parsed->planned = strtoul(count, NULL, 10);
	parse_directive(parsed, count + len);
	return true;
}

static bool parse_result(struct ktap_line *parsed, const char *text)
{
	const char *failed = after(text, "not ok "), *rest = failed ?: after(text, "ok ");
	const char *name, *hash;
	size_t len = rest ? length_of(rest, DIGITS) : 0;

	if (!len || (rest[len] && rest[len] != ' '))
		return false;
	name = skip_spaces(rest + len);
	name = after(name, "- ") ?: name;
	/* " #" ends a name; a name that is missing altogether is a result of nothing we know */
	hash = *name == '#' ? name : strstr(name, " #") ?: name + strlen(name);
	parsed->name = copy_of_n(name, hash - name);
	while (*parsed->name && parsed->name[strlen(parsed->name) - 1] == ' ')
		parsed->name[strlen(parsed->name) - 1] = '\0';
	parsed->kind = KTAP_RESULT;
	parsed->ok = !failed;
	parse_directive(parsed, hash);
	return true;
}

static void parse_bare(struct ktap_line *parsed, const char *text)
{
	const char *why = after(text, "Bail out!");

	parsed->text = text;
	parsed->remark = "";
	if (after(text, "KTAP version ") || after(text, "TAP version "))
		parsed->kind = KTAP_VERSION;
	else if (*text == '#')
		parsed->kind = KTAP_DIAGNOSTIC;
	else if (why)
		parsed->kind = KTAP_BAIL_OUT;
	else if (!parse_plan(parsed, text))
		parse_result(parsed, text);
	if (why)
		parsed->remark = skip_spaces(why);
}

/* What @text holds behind "# " when that is a line of a subtest, else NULL. */
static const char *without_hash(const char *text)
{
	const char *inner = after(text, "# ");
	struct ktap_line parsed = { 0 };

	if (!inner)
		return NULL;
	parse_bare(&parsed, inner);
	return parsed.kind == KTAP_NOISE ? NULL : inner;
}

void ktap_parse(struct ktap_line *parsed, const char *line)
{
	const char *inner;

	*parsed = (struct ktap_line){ 0 };
	while ((inner = after(line, "  ") ?: without_hash(line))) {
		parsed->nested = true;
		line = inner;
	}
	parse_bare(parsed, line);
}
