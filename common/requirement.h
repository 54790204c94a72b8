/* SPDX-License-Identifier: GPL-2.0 */
/*
 * requirement - the ids of expected/requirements.tsv as an enum, so that a misspelt one doesn't compile.
 *
 * The one list is the table; the build turns it into requirements.inc. WP-NEVER-WRITABLE is spelt
 * WP_NEVER_WRITABLE here.
 */
#ifndef COMMON_REQUIREMENT_H
#define COMMON_REQUIREMENT_H

enum requirement {
	REQUIREMENT_NONE,
#define REQUIREMENT(name, id) name,
#include "requirements.inc"
#undef REQUIREMENT
	REQUIREMENT_COUNT,
};

/* The id as the table spells it. */
const char *requirement_id(enum requirement r);

/* What a violation means for whoever relies on the kernel: design.md's classes, in the report's spelling. */
enum violation {
	LOST,			/* a write that nobody was told of */
	EXTRA,			/* more reported, or more faults, than allowed */
	DISAGREE,		/* two witnesses tell different stories */
	HANG,
	CRASH,
	INTERFACE,		/* errno, return values */
};

const char *violation_name(enum violation v);

#endif /* COMMON_REQUIREMENT_H */
