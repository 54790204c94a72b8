// SPDX-License-Identifier: GPL-2.0
/* The reader of verdicts, and every format that is made of them: the input is what report --json might have written. */
#include "../../report/present/present.h"
#include "heap.h"

FILE *fuzz_fopen(const char *path, const char *mode)
{
	(void)mode;
	return fuzz_file(path);
}

void fuzz_one(void)
{
	char *files[] = { "one.json", "two.json" };
	struct verdicts verdicts = { 0 };

	verdicts_read(&verdicts, files, 2);
	write_junit(fuzz_nowhere(), &verdicts);
	write_json(fuzz_nowhere(), &verdicts);
	write_kcidb(fuzz_nowhere(), &verdicts);
	write_html(fuzz_nowhere(), &verdicts);
}
