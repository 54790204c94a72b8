// SPDX-License-Identifier: GPL-2.0
/*
 * report - KTAP on standard input, the verdict on standard output.
 *
 * Exit: 0 CONFORMS, 1 DOES NOT CONFORM (or a stale expectation), 2 usage or input error, 3 INCOMPLETE.
 */
#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "colour.h"
#include "json.h"
#include "print.h"
#include "profile.h"

struct options {
	const char *expected;
	const char *verdict_file;
	const char *violations_file;
	const char *json_file;
	const char *profile;
	struct asked asked;
};

/* Everything that was read hangs on these to the end of the program. */
static struct expected expected;
static struct run run;
static struct verdict verdict;
static struct profiles profiles;

static const char usage[] =
	"usage: report [--expected DIR] [--kernel K [--arch A]] [--allow-known] [--verdict FILE] [--violations FILE]\n"
	"              [--json FILE] [--profile NAME] < run.ktap\n"
	"  --expected DIR   folder of requirements.tsv and deviations.tsv (default: expected)\n"
	"  --kernel K       what run.sh -k was given, for the lines that say how to repeat (default: running)\n"
	"  --arch A         what its --arch was given\n"
	"  --allow-known    violations by known bugs alone do not fail\n"
	"  --verdict FILE   write the text there as well\n"
	"  --violations FILE\n"
	"                   write them there as a table: new or the row's kind, requirement or -, class, test or -\n"
	"  --json FILE      write everything there as JSON: docs/schema/verdict.json\n"
	"  --profile NAME   answers for one kind of user, expected/profiles.tsv: exit 0 SAFE, 1 UNSAFE, 3 UNKNOWN\n"
	"exit: 0 CONFORMS   1 DOES NOT CONFORM or stale expectations   2 usage or input error   3 INCOMPLETE\n";

static void parse_options(struct options *options, int argc, char **argv)
{
	static const struct option table[] = {
		{ "expected", required_argument, NULL, 'e' },
		{ "kernel", required_argument, NULL, 'k' },
		{ "arch", required_argument, NULL, 'A' },
		{ "allow-known", no_argument, NULL, 'a' },
		{ "verdict", required_argument, NULL, 'v' },
		{ "violations", required_argument, NULL, 't' },
		{ "json", required_argument, NULL, 'j' },
		{ "profile", required_argument, NULL, 'p' },
		{ "help", no_argument, NULL, 'h' },
		{ 0 },
	};
	int option;

	while ((option = getopt_long(argc, argv, "h", table, NULL)) != -1) {
		if (option == 'e')
			options->expected = optarg;
		else if (option == 'k')
			options->asked.kernel = optarg;
		else if (option == 'A')
			options->asked.arch = optarg;
		else if (option == 'a')
			options->asked.allow_known = true;
		else if (option == 'v')
			options->verdict_file = optarg;
		else if (option == 't')
			options->violations_file = optarg;
		else if (option == 'j')
			options->json_file = optarg;
		else if (option == 'p')
			options->profile = optarg;
		else if (option == 'h')
			exit(fputs(usage, stdout) < 0 ? EXIT_UNUSABLE : 0);
		else
			exit(EXIT_UNUSABLE);
	}
	if (optind < argc)
		die_at(NULL, 0, "'%s': KTAP comes on standard input, see --help", argv[optind]);
}

static void write_text(const char *name, FILE *out, const char *text, size_t len)
{
	if (!out || fwrite(text, 1, len, out) != len || fflush(out))
		die_at(name, 0, "cannot be written: %s", strerror(errno));
}

static void write_stdout(const char *text, size_t len)
{
	if (may_colour(stdout))
		print_coloured(stdout, text);
	else
		write_text("<stdout>", stdout, text, len);
	if (fflush(stdout) || ferror(stdout))
		die_at("<stdout>", 0, "cannot be written: %s", strerror(errno));
}

static void write_file(const char *name, const char *text, size_t len)
{
	FILE *out = fopen(name, "we");

	write_text(name, out, text, len);
	fclose(out);
}

enum form { TEXT, TABLE, JSON };

/* The verdict's line comes last. */
static void print_all(FILE *out, const struct options *options)
{
	print_grounds(out, &verdict, &options->asked);
	print_profiles(out, &verdict, &profiles, options->profile);
	print_last_line(out, &verdict);
}

static int exit_status(const struct options *options)
{
	static const int statuses[] = { [SAFE] = 0, [UNKNOWN] = 3, [UNSAFE] = 1 };

	if (options->profile)
		return statuses[profile_safety(&verdict, &profiles, options->profile)];
	return verdict_exit(&verdict, options->asked.allow_known);
}

static void print(FILE *out, enum form form, const struct options *options)
{
	if (form == TEXT)
		print_all(out, options);
	else if (form == TABLE)
		print_violations_table(out, &verdict);
	else
		print_json(out, &verdict, &profiles, &options->asked);
}

/* Made whole before anything is written, to the file @name unless that is NULL, and the text to standard output, too. */
static void put(enum form form, const char *name, const struct options *options)
{
	char *text;
	size_t len;
	FILE *out;

	if (!name && form != TEXT)
		return;
	out = open_memstream(&text, &len);
	if (out)
		print(out, form, options);
	if (!out || fclose(out))
		die_at(NULL, 0, "no memory for the verdict: %s", strerror(errno));
	if (form == TEXT)
		write_stdout(text, len);
	if (name)
		write_file(name, text, len);
	free(text);
}

int main(int argc, char **argv)
{
	struct options options = { .expected = "expected", .asked.kernel = "running" };

	parse_options(&options, argc, argv);
	expected_read(&expected, options.expected);
	profiles_read(&profiles, &expected, options.expected, options.profile);
	run_read(&run, &expected, stdin);
	judge(&verdict, &expected, &run);
	put(TEXT, options.verdict_file, &options);
	put(TABLE, options.violations_file, &options);
	put(JSON, options.json_file, &options);
	return exit_status(&options);
}
