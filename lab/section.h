/* SPDX-License-Identifier: GPL-2.0 */
/*
 * section - a part of a run that begins with a setting, as the plan's @set and @enough ask for it (plan.h).
 */
#ifndef LAB_SECTION_H
#define LAB_SECTION_H

#include <stddef.h>

#include "plan.h"
#include "sink.h"

/* All zeros: before the first section, which nothing ends. */
struct section {
	const char *ids;	/* violated ones that are enough, or NULL */
	long long until;	/* milliseconds of CLOCK_MONOTONIC */
	int known;		/* the test at work may violate them: it does so on any kernel */
	int violated;		/* one of them was, by another test */
	int again;		/* only cases that a section before has run */
	int unset;		/* the errno of a setting that was refused: none of the section's cases may run */
};

/* Where a case asks for it begins another section: writes the setting, says so in the stream. */
void section_begin(struct section *s, struct sink *sink, const struct plan_case *c);

/* A line that a case of the section printed. */
void section_line(struct section *s, const char *line, size_t len);

/* Why the next case of the section isn't to be run, or NULL. */
const char *section_over(const struct section *s);

#endif
