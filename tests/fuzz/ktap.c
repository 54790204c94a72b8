// SPDX-License-Identifier: GPL-2.0
/* The KTAP reader, and what is made of what it read: the input is a stream, the expectations are the samples'. */
#include "../../report/json.h"
#include "../../report/print.h"
#include "../../report/profile.h"
#include "heap.h"

FILE *fuzz_fopen(const char *path, const char *mode)
{
	(void)mode;
	return fuzz_file(path);
}

void fuzz_one(void)
{
	const struct asked asked = { .kernel = "debian:latest" };
	struct expected expected = { 0 };
	struct profiles profiles = { 0 };
	struct verdict verdict = { 0 };
	struct run run = { 0 };

	expected_read(&expected, "tests/report/expected");
	profiles_read(&profiles, &expected, "tests/report/expected", NULL);
	run_read(&run, &expected, fuzz_input());
	judge(&verdict, &expected, &run);
	print_grounds(fuzz_nowhere(), &verdict, &asked);
	print_profiles(fuzz_nowhere(), &verdict, &profiles, NULL);
	print_violations_table(fuzz_nowhere(), &verdict);
	print_last_line(fuzz_nowhere(), &verdict);
	print_json(fuzz_nowhere(), &verdict, &profiles, &asked);
}
