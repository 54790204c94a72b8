// SPDX-License-Identifier: GPL-2.0
/* A region's pages as a strip: pattern and border say what they are, and so do the words, so that no colour is needed. */
#include <stdlib.h>
#include <string.h>

#include "../text.h"
#include "page.h"

/* Facts that show: the first five are what backs the pages, one pattern each; the others are marks on it. */
static const char *const shown[] = { "none", "zero", "anon", "file", "swapped", "huge", "wp", "written", "rw", "guard" };

struct run_text {
	size_t first;
	size_t end;
	char *words;
};

/* "[5] words" or "[6..512) words" at @text; how many bytes it takes, 0 when there is none. */
static size_t parse_run(const char *text, struct run_text *run)
{
	const char *at = text, *stop;
	char *end;

	if (*at++ != '[')
		return 0;
	run->first = strtoul(at, &end, 10);
	run->end = run->first + 1;
	if (!strncmp(end, "..", 2))
		run->end = strtoul(end + 2, &end, 10);
	if (strncmp(end, ") ", 2) && strncmp(end, "] ", 2))
		return 0;
	at = end + 2;
	stop = strstr(at, "  ");
	run->words = stop ? copy_of_n(at, stop - at) : copy_of(at);
	return at + strlen(run->words) - text;
}

static bool has_word(const char *words, const char *word)
{
	const char *at = words;
	size_t len = strlen(word);

	while ((at = strstr(at, word))) {
		if ((at == words || at[-1] == ' ') && (at[len] == ' ' || !at[len]))
			return true;
		at += len;
	}
	return false;
}

static char *classes_of(const char *words)
{
	char *classes = copy_of("run");
	size_t i;

	for (i = 0; i < ARRAY_SIZE(shown); i++)
		if (has_word(words, shown[i]))
			classes = text_of("%s %s", classes, shown[i]);
	return classes;
}

static void add_run(xmlNode *strip, const struct run_text *run)
{
	size_t pages = run->end > run->first ? run->end - run->first : 1;
	xmlNode *box = element(strip, "li", classes_of(run->words), NULL);
	char *range = run->end > run->first + 1 ? text_of("%zu–%zu", run->first, run->end - 1) : text_of("%zu", run->first);

	attribute(box, "style", text_of("flex-grow:%zu", pages));
	element(box, "b", NULL, range);
	element(box, "span", NULL, run->words);
}

bool add_strip(xmlNode *parent, const char *line)
{
	const char *label = after(line, "#   before") ? "before" : after(line, "#   after") ? "after" : NULL;
	const char *at = label ? strstr(line, "pmd+") : NULL;
	struct run_text run;
	xmlNode *row, *strip;
	size_t len;

	if (!at)
		return false;
	row = element(parent, "div", "reading", NULL);
	len = strcspn(at, " ");
	element(row, "span", "label", text_of("%s %.*s", label, (int)len, at));
	strip = element(row, "ol", "strip", NULL);
	attribute(strip, "aria-label", text_of("pages %s, %.*s", label, (int)len, at));
	at += len + length_of(at + len, " ");
	while ((len = parse_run(at, &run))) {
		add_run(strip, &run);
		at += len;
		at += length_of(at, " ");
	}
	if (*at)
		element(row, "span", "note", at);
	return true;
}

void add_legend(xmlNode *parent)
{
	static const char *const marks[] = { "none", "zero", "anon", "file", "swapped", "huge anon", "anon wp", "anon written" };
	xmlNode *box = element(parent, "div", "reading", NULL), *strip;
	size_t i;

	element(box, "span", "label", "legend");
	strip = element(box, "ol", "strip legend", NULL);
	for (i = 0; i < ARRAY_SIZE(marks); i++)
		element(element(strip, "li", classes_of(marks[i]), NULL), "span", NULL, marks[i]);
}
