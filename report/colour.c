// SPDX-License-Identifier: GPL-2.0
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "colour.h"
#include "text.h"

#define RED "\033[31m"
#define GREEN "\033[32m"
#define YELLOW "\033[33m"
#define BOLD "\033[1m"
#define PLAIN "\033[0m"

bool may_colour(FILE *out)
{
	const char *forbidden = getenv("NO_COLOR"), *term = getenv("TERM");

	return isatty(fileno(out)) && !(forbidden && *forbidden) && term && strcmp(term, "dumb");
}

static const char *colour_of(const char *line)
{
	if (after(line, "VERDICT "))
		return strstr(line, ": DOES NOT CONFORM") ? BOLD RED :
			strstr(line, ": CONFORMS") ? BOLD GREEN : BOLD YELLOW;
	if (after(line, "violated ") || after(line, "stale ") || after(line, "guest "))
		return RED;
	if (after(line, "unverified ") || after(line, "incomplete "))
		return YELLOW;
	return NULL;
}

/* A verdict's line is coloured whole, of others what they begin with. */
static void print_line(FILE *out, const char *line)
{
	const char *colour = colour_of(line);
	int len = after(line, "VERDICT ") ? strlen(line) : strcspn(line, " ");

	if (colour)
		fprintf(out, "%s%.*s" PLAIN "%s\n", colour, len, line, line + len);
	else
		fprintf(out, "%s\n", line);
}

void print_coloured(FILE *out, const char *text)
{
	char *rest = copy_of(text), *line;

	while ((line = strsep(&rest, "\n")))
		if (rest || *line)
			print_line(out, line);
}
