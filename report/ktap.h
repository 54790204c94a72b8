/* SPDX-License-Identifier: GPL-2.0 */
/*
 * ktap - one line of KTAP, whatever it is nested in.
 *
 * Subtests are nested by two spaces (KTAP 1, Documentation/dev-tools/ktap.rst) or by "# " as the kernel's
 * run_kselftest.sh does; both come off here, so that a reader sees the case's own line. Anything that is
 * not KTAP, such as printk on a serial console, is noise.
 */
#ifndef REPORT_KTAP_H
#define REPORT_KTAP_H

#include <stdbool.h>
#include <stddef.h>

enum ktap_kind {
	KTAP_NOISE,
	KTAP_VERSION,
	KTAP_PLAN,
	KTAP_RESULT,
	KTAP_DIAGNOSTIC,
	KTAP_BAIL_OUT,
};

enum ktap_directive {
	KTAP_NO_DIRECTIVE,
	KTAP_SKIP,
	KTAP_XFAIL,
};

struct ktap_line {
	enum ktap_kind kind;
	bool nested;
	const char *text;	/* the line without its nesting; points into the line given */
	size_t planned;		/* PLAN: how many tests */
	bool ok;		/* RESULT */
	char *name;		/* RESULT: without number and directive */
	enum ktap_directive directive;	/* RESULT, PLAN */
	bool half_directive;	/* RESULT: its end looks like a directive that was cut off */
	const char *remark;	/* RESULT, PLAN, BAIL_OUT: text behind the directive or the #, "" when none */
};

/* Never fails: what isn't understood is KTAP_NOISE. */
void ktap_parse(struct ktap_line *parsed, const char *line);

#endif /* REPORT_KTAP_H */
