// SPDX-License-Identifier: GPL-2.0
/*
 * All cases and the probe in one program, which is what it is called as (cases/NAME, build/probe).
 *
 * For guests: there is less to unpack, and an emulator translates what the programs have in common once instead of
 * twenty times. The build keeps each one's names to itself, renames its main() to main_NAME, its table of COVERS to
 * covers_NAME, and its constructors, which register the tests of just this one, to the section register_NAME.
 */
#include <stdio.h>
#include <string.h>

#include "cases.h"

static const struct program {
	const char *name;
	int (*main)(int argc, char **argv);
	const constructor *first, *end;
} programs[] = {
#define PROGRAM(name) { #name, main_##name, __start_register_##name, __stop_register_##name },
#include "programs.inc"
#undef PROGRAM
};

int main(int argc, char **argv, char **env)
{
	const char *slash = strrchr(argv[0], '/'), *name = slash ? slash + 1 : argv[0];
	const struct program *p;
	const constructor *c;

	for (p = programs; p < programs + sizeof(programs) / sizeof(*p); p++) {
		if (strcmp(p->name, name))
			continue;
		for (c = p->first; c < p->end; c++)
			(*c)(argc, argv, env);
		return p->main(argc, argv);
	}
	fprintf(stderr, "%s: no such case in here\n", name);
	return 2;
}
