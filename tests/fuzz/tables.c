// SPDX-License-Identifier: GPL-2.0
/* The tables: the input is requirements, deviations and profiles in turn; a sample of a run is judged by them. */
#include "../../report/print.h"
#include "../../report/profile.h"
#include "heap.h"

FILE *fuzz_fopen(const char *path, const char *mode)
{
	if (strstr(path, "requirements"))
		return fuzz_part(0);
	if (strstr(path, "deviations"))
		return fuzz_part(1);
	if (strstr(path, "profiles"))
		return fuzz_part(2);
	(void)mode;
	return fuzz_file(path);
}

void fuzz_one(void)
{
	const struct asked asked = { .kernel = "running" };
	struct expected expected = { 0 };
	struct profiles profiles = { 0 };
	struct verdict verdict = { 0 };
	struct run run = { 0 };
	FILE *in;

	expected_read(&expected, "fuzz");
	profiles_read(&profiles, &expected, "fuzz", NULL);
	in = fuzz_file("tests/report/new_beside_known.ktap");
	run_read(&run, &expected, in);
	fclose(in);
	judge(&verdict, &expected, &run);
	print_grounds(fuzz_nowhere(), &verdict, &asked);
	print_profiles(fuzz_nowhere(), &verdict, &profiles, NULL);
	print_last_line(fuzz_nowhere(), &verdict);
}
