/* SPDX-License-Identifier: GPL-2.0 */
/*
 * judge - what a run says about each requirement, given what is expected. docs/verdict.md has the rules.
 */
#ifndef REPORT_JUDGE_H
#define REPORT_JUDGE_H

#include "run.h"

enum state {
	VERIFIED,		/* a test that covers it passed, none violated it */
	VIOLATED,		/* a failure that no contract or bypass row excuses */
	DEVIATING,		/* only failures that such rows excuse */
	UNVERIFIED,		/* nothing passed, nothing failed */
	NOT_APPLICABLE,		/* a term of its condition doesn't hold on this kernel */
	NOT_SELECTED,		/* unverified, but no selected test covers it */
	STATES,
};

enum answer { CONFORMS, INCOMPLETE, DOES_NOT_CONFORM };

/* A reason and how many tests gave it. */
struct reason {
	char *text;
	size_t tests;
};

struct judged {
	const struct requirement *requirement;
	enum state state;
	bool known;		/* VIOLATED: all by rows of kind bug */
	char *failing;		/* NOT_APPLICABLE: the term, as when_failing() has it */
	struct reason *reasons;	/* UNVERIFIED: why nothing passed */
	size_t reason_count;
};

/* A row about some tests: it is stale for they pass, or (no tests) nothing matches it. */
struct remark {
	const struct deviation *row;
	struct strings tests;
};

struct verdict {
	const struct run *run;
	struct judged *at;	/* one a requirement, in the order of requirements.tsv */
	size_t count;
	struct violation **violations;	/* all of the run, in its order */
	size_t violation_count;
	size_t states[STATES];	/* requirements in each state */
	size_t known;		/* of states[VIOLATED] */
	bool uncharged;		/* a violation that names no requirement */
	bool uncharged_new;	/* one of those that no row knows */
	struct remark *stale;
	size_t stale_count;
	struct remark *unmatched;
	size_t unmatched_count;
	struct strings troubles;	/* what kept the run from being whole, our own errors among them */
	size_t tests[SKIPPED + 1];	/* tests by outcome */
	enum answer answer;
};

/* Fills *@verdict, and the violations' rows in @run. Both arguments must outlive it. */
void judge(struct verdict *verdict, const struct expected *expected, struct run *run);

/* 0, 1 or 3 as the command line promises; @allow_known: known bugs alone don't fail the run. */
int verdict_exit(const struct verdict *verdict, bool allow_known);

/* A contract or a bypass is a meaning; nothing else makes a failure no violation. */
bool violation_excused(const struct violation *violation);

/* What was judged of @requirement; NULL for none. */
const struct judged *judged_of(const struct verdict *verdict, const struct requirement *requirement);

/* Does it make the kernel not conform? A failure of what doesn't apply here doesn't. */
bool violation_counts(const struct verdict *verdict, const struct violation *violation);

bool test_covers(const struct test *test, const struct requirement *requirement);

/* One trouble a line into verdict->troubles: judge()'s part in reasons.c. */
void find_troubles(struct verdict *verdict);

/* Why nothing passed for @judged, collected from the tests that cover it: judge()'s part in reasons.c. */
void find_reasons(const struct run *run, struct judged *judged);

#endif /* REPORT_JUDGE_H */
