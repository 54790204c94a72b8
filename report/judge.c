// SPDX-License-Identifier: GPL-2.0
#include <fnmatch.h>
#include <string.h>

#include "judge.h"

bool violation_excused(const struct violation *violation)
{
	return violation->row && violation->row->kind != BUG;
}

bool test_covers(const struct test *test, const struct requirement *requirement)
{
	for (size_t i = 0; test->cover && i < test->cover->count; i++)
		if (test->cover->requirements[i] == requirement)
			return true;
	return false;
}

/* A case by hand has no name: there only what stands behind the colon can match. */
static bool row_matches(const struct deviation *row, const struct test *test)
{
	const char *glob = *test->in->name ? row->glob : strchr(row->glob, ':') + 1;

	return !fnmatch(glob, test_full_name(test), 0);
}

static bool row_holds(const struct deviation *row, const struct run *run)
{
	return !when_failing(row->when, &run->facts);
}

/* No legitimate meaning hangs or crashes: only a bug row knows of that. */
static bool row_excuses(const struct deviation *row, enum class class)
{
	return row->kind == BUG || (class != HANG && class != CRASH);
}

/* The first row that holds, matches and may excuse it. */
static void find_row(struct violation *violation, const struct expected *expected, const struct run *run)
{
	if (!violation->test)
		return;
	for (size_t i = 0; i < expected->deviation_count; i++) {
		const struct deviation *row = expected->deviations[i];

		if (row_excuses(row, violation->class) && row_matches(row, violation->test) &&
		    row_holds(row, run)) {
			violation->row = row;
			return;
		}
	}
}

/* A crash or a hang is never "not applicable": charged to nothing, it still counts. */
static void uncharge(struct violation *violation, const struct run *run)
{
	if ((violation->class == HANG || violation->class == CRASH) && violation->requirement &&
	    when_failing(violation->requirement->applies, &run->facts))
		violation->requirement = NULL;
}

static void add_violation(struct verdict *verdict, const struct expected *expected, struct violation *violation)
{
	uncharge(violation, verdict->run);
	find_row(violation, expected, verdict->run);
	verdict->violations = grow(verdict->violations, verdict->violation_count, sizeof(*verdict->violations));
	verdict->violations[verdict->violation_count++] = violation;
	if (violation->requirement || violation_excused(violation))
		return;
	verdict->uncharged = true;
	verdict->uncharged_new |= !violation->row;
}

static void collect_violations(struct verdict *verdict, const struct expected *expected, const struct run *run)
{
	for (size_t c = 0; c < run->case_count; c++) {
		for (size_t t = 0; t < run->cases[c]->test_count; t++) {
			const struct test *test = run->cases[c]->tests[t];

			verdict->tests[test->outcome]++;
			for (size_t v = 0; v < test->violation_count; v++)
				add_violation(verdict, expected, test->violations[v]);
		}
	}
	if (run->death.violation)
		add_violation(verdict, expected, run->death.violation);
}

static bool has_passed(const struct run *run, const struct requirement *requirement)
{
	for (size_t c = 0; c < run->case_count; c++)
		for (size_t t = 0; t < run->cases[c]->test_count; t++)
			if (run->cases[c]->tests[t]->outcome == PASSED &&
			    test_covers(run->cases[c]->tests[t], requirement))
				return true;
	return false;
}

/* Does the selection ask for a test that covers @requirement, one that ran or one that should have? */
static bool is_selected(const struct run *run, const struct requirement *requirement)
{
	if (!run->selection.count)
		return true;
	for (size_t c = 0; c < run->case_count; c++) {
		const struct test_case *in = run->cases[c];

		for (size_t t = 0; t < in->test_count; t++)
			if (test_covers(in->tests[t], requirement))
				return true;
		for (size_t i = 0; i < in->cover_count; i++) {
			const struct test any = { .cover = in->covers[i] };

			if (test_covers(&any, requirement) && run_selects(run, in, in->covers[i]))
				return true;
		}
	}
	return false;
}

static enum state state_by_failures(const struct verdict *verdict, struct judged *judged)
{
	bool fails = false, deviates = false;

	judged->known = true;
	for (size_t i = 0; i < verdict->violation_count; i++) {
		const struct violation *violation = verdict->violations[i];

		if (violation->requirement != judged->requirement)
			continue;
		deviates |= violation_excused(violation);
		fails |= !violation_excused(violation);
		judged->known &= !!violation->row;
	}
	return fails ? VIOLATED : deviates ? DEVIATING : UNVERIFIED;
}

static void judge_one(const struct verdict *verdict, struct judged *judged)
{
	const struct run *run = verdict->run;

	judged->failing = when_failing(judged->requirement->applies, &run->facts);
	if (judged->failing) {
		judged->state = NOT_APPLICABLE;
		/* A test that skipped says in words what is missing. */
		find_reasons(run, judged);
		return;
	}
	judged->state = state_by_failures(verdict, judged);
	if (judged->state != UNVERIFIED)
		return;
	if (has_passed(run, judged->requirement))
		judged->state = VERIFIED;
	else if (!is_selected(run, judged->requirement))
		judged->state = NOT_SELECTED;
	else
		find_reasons(run, judged);
}

static void judge_each(struct verdict *verdict, const struct expected *expected)
{
	verdict->count = expected->requirement_count;
	verdict->at = new_bytes(verdict->count * sizeof(*verdict->at));
	for (size_t i = 0; i < verdict->count; i++) {
		struct judged *judged = &verdict->at[i];

		judged->requirement = expected->requirements[i];
		judge_one(verdict, judged);
		verdict->states[judged->state]++;
		verdict->known += judged->state == VIOLATED && judged->known;
	}
}

/* Which tests @row matches: those that passed into @passed; how many it matches in all. */
static size_t match_row(const struct run *run, const struct deviation *row, struct strings *passed)
{
	size_t matches = 0;

	for (size_t c = 0; c < run->case_count; c++) {
		for (size_t t = 0; t < run->cases[c]->test_count; t++) {
			const struct test *test = run->cases[c]->tests[t];

			if (!row_matches(row, test))
				continue;
			matches++;
			if (test->outcome == PASSED)
				strings_add(passed, test_full_name(test));
		}
	}
	return matches;
}

/* Was every test of every case run or skipped by itself? Only then a row that matches none is wrong. */
static bool is_whole(const struct verdict *verdict)
{
	const struct run *run = verdict->run;

	for (size_t c = 0; c < run->case_count; c++)
		if (run->cases[c]->skipped || !*run->cases[c]->name)
			return false;
	return !run->selection.count && !run->death.how && !verdict->troubles.count;
}

static void add_remark(struct remark **list, size_t *count, struct remark remark)
{
	*list = grow(*list, *count, sizeof(**list));
	(*list)[(*count)++] = remark;
}

static void judge_rows(struct verdict *verdict, const struct expected *expected)
{
	for (size_t i = 0; i < expected->deviation_count; i++) {
		struct remark remark = { .row = expected->deviations[i] };
		size_t matches = match_row(verdict->run, remark.row, &remark.tests);

		if (remark.tests.count && row_holds(remark.row, verdict->run))
			add_remark(&verdict->stale, &verdict->stale_count, remark);
		if (!matches && is_whole(verdict))
			add_remark(&verdict->unmatched, &verdict->unmatched_count, remark);
	}
}

static enum answer answer_of(const struct verdict *verdict)
{
	if (verdict->states[VIOLATED] || verdict->uncharged)
		return DOES_NOT_CONFORM;
	return verdict->states[UNVERIFIED] || verdict->troubles.count ? INCOMPLETE : CONFORMS;
}

void judge(struct verdict *verdict, const struct expected *expected, struct run *run)
{
	*verdict = (struct verdict){ .run = run };
	collect_violations(verdict, expected, run);
	judge_each(verdict, expected);
	find_troubles(verdict);
	judge_rows(verdict, expected);
	verdict->answer = answer_of(verdict);
}

const struct judged *judged_of(const struct verdict *verdict, const struct requirement *requirement)
{
	for (size_t i = 0; i < verdict->count; i++)
		if (verdict->at[i].requirement == requirement)
			return &verdict->at[i];
	return NULL;
}

bool violation_counts(const struct verdict *verdict, const struct violation *violation)
{
	const struct judged *judged = judged_of(verdict, violation->requirement);

	return !violation_excused(violation) && (!judged || judged->state == VIOLATED);
}

int verdict_exit(const struct verdict *verdict, bool allow_known)
{
	bool fails = verdict->states[VIOLATED] > verdict->known || verdict->uncharged_new;

	if (fails || verdict->stale_count || (verdict->answer == DOES_NOT_CONFORM && !allow_known))
		return 1;
	return verdict->states[UNVERIFIED] || verdict->troubles.count ? 3 : 0;
}
