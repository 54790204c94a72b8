// SPDX-License-Identifier: GPL-2.0
/*
 * facts - the facts of a stream of KTAP on standard input, each with what it means, on standard output.
 *
 * Exit: 0, or 2 for a usage or input error.
 */
#include <errno.h>
#include <getopt.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "../text.h"
#include "meaning.h"

/* The format's number, as report/json.c has its own. */
#define JSON_VERSION 1

static const char usage[] =
	"usage: facts [--table FILE] [--json] < run.ktap\n"
	"  --table FILE   what facts mean (default: expected/facts.tsv)\n"
	"  --json         for a program to read: docs/schema/probe.json\n";

static void take_line(struct facts *facts, const char *line)
{
	const char *fact = after(line, "# fact "), *kernel = after(line, "# kernel "), *arch = after(line, "# arch ");
	const char *equals = fact ? strchr(fact, '=') : NULL;

	if (kernel)
		facts_set(facts, "kernel", kernel);
	if (arch)
		facts_set(facts, "arch", arch);
	if (equals)
		facts_set(facts, copy_of_n(fact, equals - fact), equals + 1);
}

static void read_facts(struct facts *facts, FILE *in)
{
	bool whole;
	char *line;

	while ((line = read_line(in, "<stdin>", &whole))) {
		if (whole)
			take_line(facts, line);
		free(line);
	}
	if (!facts_get(facts, "kernel") || !facts_get(facts, "arch") || facts->count < 3)
		die_at("<stdin>", 0, "no facts in it: it wants what build/runner prints");
}

/* The kernel and its architecture came as facts, too, and are told apart from them. */
static bool is_header(const struct fact *fact)
{
	return !strcmp(fact->name, "kernel") || !strcmp(fact->name, "arch");
}

static void print_text(const struct meanings *meanings, const struct facts *facts)
{
	printf("kernel %s %s\n", facts_get(facts, "kernel"), facts_get(facts, "arch"));
	for (size_t i = 0; i < facts->count; i++) {
		const struct fact *fact = &facts->at[i];

		if (!is_header(fact))
			printf("%-26s %-14s  %s\n", fact->name, fact->value, meaning_of(meanings, facts, fact->name));
	}
}

/* jansson leaves the errors of a pack's parts to the whole. */
static json_t *fact_object(const struct meanings *meanings, const struct facts *facts, const struct fact *fact)
{
	return json_pack("{s:s, s:b, s:s*, s:s}", "value", fact->value, "told", !!strcmp(fact->value, "none"),
			 "question", meaning_question(meanings, fact->name),
			 "meaning", meaning_of(meanings, facts, fact->name));
}

static json_t *document(const struct meanings *meanings, const struct facts *facts)
{
	json_t *all = json_object();

	for (size_t i = 0; i < facts->count; i++) {
		const struct fact *fact = &facts->at[i];

		if (!is_header(fact) && json_object_set_new(all, fact->name, fact_object(meanings, facts, fact)))
			return NULL;
	}
	return json_pack("{s:s, s:i, s:s, s:s, s:o}", "format", "uffd-wp-conform probe", "version", JSON_VERSION,
			 "kernel", facts_get(facts, "kernel"), "arch", facts_get(facts, "arch"), "facts", all);
}

static void print_json(const struct meanings *meanings, const struct facts *facts)
{
	json_t *object = document(meanings, facts);

	if (!object)
		die_at(NULL, 0, "no memory for the facts as JSON");
	json_dumpf(object, stdout, JSON_INDENT(2));
	putchar('\n');
}

int main(int argc, char **argv)
{
	static const struct option table[] = {
		{ "table", required_argument, NULL, 't' },
		{ "json", no_argument, NULL, 'j' },
		{ "help", no_argument, NULL, 'h' },
		{ 0 },
	};
	const char *path = "expected/facts.tsv";
	struct facts facts = { 0 };
	bool json = false;
	int option;

	while ((option = getopt_long(argc, argv, "h", table, NULL)) != -1) {
		if (option == 't')
			path = optarg;
		else if (option == 'j')
			json = true;
		else
			exit(option == 'h' && fputs(usage, stdout) >= 0 ? 0 : EXIT_UNUSABLE);
	}
	if (optind < argc)
		die_at(NULL, 0, "'%s': KTAP comes on standard input, see --help", argv[optind]);
	read_facts(&facts, stdin);
	(json ? print_json : print_text)(meanings_read(path), &facts);
	if (fflush(stdout) || ferror(stdout))
		die_at("<stdout>", 0, "cannot be written: %s", strerror(errno));
	return 0;
}
