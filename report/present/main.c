// SPDX-License-Identifier: GPL-2.0
/*
 * present --format F [--output FILE] VERDICT.json...: one document about all of them.
 *
 * Exit: 0, or 2 for a usage, input or output error.
 */
#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "../text.h"
#include "present.h"

static const struct format {
	const char *name;
	void (*write)(FILE *out, const struct verdicts *verdicts);
} formats[] = {
	{ "junit", write_junit },
	{ "json", write_json },
	{ "kcidb", write_kcidb },
	{ "html", write_html },
	{ "tsv", write_tsv },
	{ "text", write_text },
	{ "tests", write_tests },
};

static void usage(void)
{
	puts("usage: present --format junit|json|kcidb|html|tsv|text|tests [--output FILE] VERDICT.json...\n"
	     "reads what 'report --json' wrote, one a kernel, and writes one document about all of them");
	exit(0);
}

static const struct format *format_named(const char *name)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(formats); i++)
		if (!strcmp(name, formats[i].name))
			return &formats[i];
	die_at(NULL, 0, "no format '%s': junit, json, kcidb, html, tsv, text or tests", name);
}

/* Made whole before the file is touched, so that what was there stays when something is wrong. */
static void put_file(const struct format *format, const char *name, const struct verdicts *verdicts)
{
	char *text;
	size_t len;
	FILE *out = open_memstream(&text, &len);

	if (!out)
		die_at(NULL, 0, "no memory: %s", strerror(errno));
	format->write(out, verdicts);
	if (fclose(out))
		die_at(NULL, 0, "no memory: %s", strerror(errno));
	out = name ? fopen(name, "we") : stdout;
	if (!out || fwrite(text, 1, len, out) != len || fclose(out))
		die_at(name ?: "<stdout>", 0, "cannot be written: %s", strerror(errno));
}

int main(int argc, char **argv)
{
	static const struct option table[] = {
		{ "format", required_argument, NULL, 'f' },
		{ "output", required_argument, NULL, 'o' },
		{ "help", no_argument, NULL, 'h' },
		{ 0 },
	};
	const char *name = NULL, *output = NULL;
	const struct format *format;
	struct verdicts verdicts;
	int option;

	while ((option = getopt_long(argc, argv, "f:o:h", table, NULL)) != -1) {
		if (option == 'h')
			usage();
		if (option == '?')
			exit(EXIT_UNUSABLE);
		*(option == 'f' ? &name : &output) = optarg;
	}
	if (!name || optind == argc)
		die_at(NULL, 0, "present wants a --format and the verdict.json of at least one kernel: see --help");
	format = format_named(name);
	verdicts_read(&verdicts, argv + optind, argc - optind);
	put_file(format, output, &verdicts);
	return 0;
}
