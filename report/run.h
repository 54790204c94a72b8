/* SPDX-License-Identifier: GPL-2.0 */
/*
 * run - what a stream of KTAP says was run, and how it ended.
 *
 * Reads what lab/ and the case binaries print (docs/verdict.md), a case's own output by hand, or
 * run_kselftest.sh's. It collects; whether a failure is expected is judge.h's business.
 */
#ifndef REPORT_RUN_H
#define REPORT_RUN_H

#include "expected.h"
#include "when.h"

enum class { LOST, EXTRA, DISAGREE, HANG, CRASH, INTERFACE };

enum outcome {
	NO_RESULT,		/* began, or was planned, and no result line came */
	PASSED,
	FAILED,
	SKIPPED,
};

struct test;

/* One broken promise of one test. */
struct violation {
	const struct test *test;	/* NULL: the guest died between tests */
	const struct requirement *requirement;	/* NULL: the test names none to charge */
	enum class class;
	struct strings text;		/* the block as it was printed, its headline first */
	const struct deviation *row;	/* the row that knows it, or NULL: new. Filled by judge(). */
};

/* "# covers fixture.test ID ...": what a test answers for, in all its variants. */
struct cover {
	char *test;			/* fixture.test */
	const struct requirement **requirements;
	size_t count;
};

struct test {
	struct test_case *in;
	char *name;			/* fixture.variant.test */
	const struct cover *cover;	/* NULL: the stream doesn't say */
	enum outcome outcome;
	char *reason;			/* SKIPPED, NO_RESULT: why; "" when nobody said */
	struct strings said;		/* its diagnostics other than violations */
	struct violation **violations;
	size_t violation_count;
};

struct test_case {
	char *name;			/* "" for a case by hand */
	bool begun_by_name;		/* by "# case": its result line is the stream's, not a test's */
	bool nested;
	bool closed;			/* its own result line came, or its plan was fulfilled */
	bool ok;
	bool skipped;
	char *remark;			/* "exit=1", "timeout", a skip's reason; "" when none */
	bool has_plan;
	size_t planned;
	struct test **tests;
	size_t test_count;
	struct cover **covers;
	size_t cover_count;
};

/* How a guest ended that didn't reach the end of its run. */
struct death {
	const char *how;		/* panic, oops, hang, lost, or "unknown"; NULL: it didn't die */
	struct test *during;		/* NULL: between tests */
	struct violation *violation;	/* only when between tests; else it is the test's */
	struct strings console;
};

struct run {
	struct facts facts;		/* kernel and arch among them, where the stream has them */
	struct strings selection;	/* globs, none: everything was to be run */
	struct test_case **cases;
	size_t case_count;
	bool has_plan;
	size_t planned;			/* cases */
	bool ended;			/* the last thing that was to be run had its result */
	struct death death;
};

/*
 * Reads @in to its end. Ends the program when it can't be used: no KTAP in it, a requirement or class
 * that nobody knows, or a guest that died before its first case.
 */
void run_read(struct run *run, const struct expected *expected, FILE *in);

/* Does fixture.test of @cover belong to what the selection asks for, in whatever variant? */
bool run_selects(const struct run *run, const struct test_case *in, const struct cover *cover);

/* "case:fixture.variant.test", as deviations and the command line name it. */
char *test_full_name(const struct test *test);

const char *class_name(enum class class);

#endif /* REPORT_RUN_H */
