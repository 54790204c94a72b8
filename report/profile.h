/* SPDX-License-Identifier: GPL-2.0 */
/*
 * profile - what one kind of user leans on, and whether this kernel bears it: the third table of expected/.
 *
 * profiles.tsv: profile, requirement, the classes of violation that make it unsafe (with commas between, or 'any'), what happens then.
 * SAFE: each requirement is verified, or deviates as listed, or is violated in ways that only cost. UNSAFE: one is violated in such a
 * way, known bug or not. UNKNOWN: neither, but one was put to the test by nothing, or doesn't apply here.
 */
#ifndef REPORT_PROFILE_H
#define REPORT_PROFILE_H

#include <stdio.h>

#include "judge.h"

enum safety { SAFE, UNKNOWN, UNSAFE };

struct lean {
	char *profile;
	const struct requirement *requirement;
	unsigned int classes;		/* a bit an enum class */
	char *consequence;
};

struct profiles {
	struct lean *at;
	size_t count;
};

/* Reads DIR/profiles.tsv; ends the program on any mistake in it, and when there is no profile @wanted (NULL: whichever). */
void profiles_read(struct profiles *profiles, const struct expected *expected, const char *dir, const char *wanted);

/* Rows of a profile stand together: does one begin at row @i? */
bool profile_is_first(const struct profiles *profiles, size_t i);

enum safety profile_safety(const struct verdict *verdict, const struct profiles *profiles, const char *name);
const char *safety_name(enum safety safety);

/* The profile @name and why, or a line for each profile when it is NULL. */
void print_profiles(FILE *out, const struct verdict *verdict, const struct profiles *profiles, const char *name);

#endif /* REPORT_PROFILE_H */
