// SPDX-License-Identifier: GPL-2.0
#include <string.h>

#include "print.h"

#define NAMES_SHOWN 4		/* of the tests that a row speaks of */

static void print_names(FILE *out, const struct strings *names)
{
	for (size_t i = 0; i < names->count && i < NAMES_SHOWN; i++)
		fprintf(out, "    %s\n", names->at[i]);
	if (names->count > NAMES_SHOWN)
		fprintf(out, "    and %zu more\n", names->count - NAMES_SHOWN);
}

/* The tests in which @requirement deviates as @row says. */
static struct strings deviating_tests(const struct verdict *verdict, const struct requirement *requirement,
				      const struct deviation *row)
{
	struct strings names = { 0 };

	for (size_t i = 0; i < verdict->violation_count; i++) {
		const struct violation *violation = verdict->violations[i];
		char *name;

		if (violation->requirement != requirement || violation->row != row)
			continue;
		name = test_full_name(violation->test);
		if (!strings_have(&names, name))
			strings_add(&names, name);
	}
	return names;
}

static void print_deviation(FILE *out, const struct verdict *verdict, const struct requirement *requirement,
			    const struct deviation *row)
{
	struct strings names = deviating_tests(verdict, requirement, row);

	fprintf(out, "deviates  %s (%s)\n", requirement ? requirement->id : "no requirement", kind_name(row->kind));
	fprintf(out, "  why     %s (expected/deviations.tsv:%zu)\n", row->why, row->line);
	fprintf(out, "  when    %s\n  tests   %zu:\n", row->when, names.count);
	print_names(out, &names);
}

static bool is_repeated(const struct verdict *verdict, size_t index)
{
	const struct violation *violation = verdict->violations[index];

	for (size_t i = 0; i < index; i++)
		if (verdict->violations[i]->requirement == violation->requirement &&
		    verdict->violations[i]->row == violation->row)
			return true;
	return false;
}

static void print_deviations(FILE *out, const struct verdict *verdict)
{
	for (size_t i = 0; i < verdict->violation_count; i++) {
		const struct violation *violation = verdict->violations[i];
		const struct judged *judged = judged_of(verdict, violation->requirement);

		if (!violation_excused(violation) || is_repeated(verdict, i))
			continue;
		if (!judged || judged->state != NOT_APPLICABLE)
			print_deviation(out, verdict, violation->requirement, violation->row);
	}
}

static void print_rows(FILE *out, const struct verdict *verdict)
{
	for (size_t i = 0; i < verdict->stale_count; i++) {
		const struct remark *stale = &verdict->stale[i];

		fprintf(out, "stale     expected/deviations.tsv:%zu: %s (%s, when %s)\n", stale->row->line,
			stale->row->glob, kind_name(stale->row->kind), stale->row->when);
		fprintf(out, "  expected to fail, passed: drop the row or narrow it\n  tests   %zu:\n",
			stale->tests.count);
		print_names(out, &stale->tests);
	}
	for (size_t i = 0; i < verdict->unmatched_count; i++)
		fprintf(out, "warning   expected/deviations.tsv:%zu: %s matches no test of this run\n",
			verdict->unmatched[i].row->line, verdict->unmatched[i].row->glob);
}

/* Failures that count for nothing, for their requirement doesn't apply: shown, so that none vanishes. */
static void print_uncounted(FILE *out, const struct verdict *verdict, const struct requirement *requirement)
{
	for (size_t i = 0; i < verdict->violation_count; i++)
		if (verdict->violations[i]->requirement == requirement && verdict->violations[i]->test)
			fprintf(out, "  not counted: %s (%s) fails\n",
				test_full_name(verdict->violations[i]->test),
				class_name(verdict->violations[i]->class));
}

static bool is_said_before(const struct verdict *verdict, size_t i, const char *failing, const char *text)
{
	for (size_t j = 0; j < i; j++) {
		const struct judged *judged = &verdict->at[j];

		if (judged->state != NOT_APPLICABLE || strcmp(judged->failing, failing))
			continue;
		for (size_t r = 0; r < judged->reason_count; r++)
			if (!strcmp(judged->reasons[r].text, text))
				return true;
	}
	return false;
}

/* What the skipped tests of all requirements that lack @failing say, each text once. */
static void print_lacks(FILE *out, const struct verdict *verdict, const char *failing)
{
	for (size_t i = 0; i < verdict->count; i++) {
		const struct judged *judged = &verdict->at[i];

		if (judged->state != NOT_APPLICABLE || strcmp(judged->failing, failing))
			continue;
		for (size_t r = 0; r < judged->reason_count; r++)
			if (!strncmp(judged->reasons[r].text, "skipped: ", 9) &&
			    !is_said_before(verdict, i, failing, judged->reasons[r].text))
				fprintf(out, "  %s\n", judged->reasons[r].text);
	}
}

/* Requirements that lack the same thing share a line. */
static void print_not_applicable(FILE *out, const struct verdict *verdict)
{
	bool *printed = new_bytes(verdict->count * sizeof(*printed));

	for (size_t i = 0; i < verdict->count; i++) {
		const struct judged *first = &verdict->at[i];

		if (first->state != NOT_APPLICABLE || printed[i])
			continue;
		fprintf(out, "not applicable  needs %s:", first->failing);
		for (size_t j = i; j < verdict->count; j++) {
			if (verdict->at[j].state != NOT_APPLICABLE || strcmp(verdict->at[j].failing, first->failing))
				continue;
			printed[j] = true;
			fprintf(out, " %s", verdict->at[j].requirement->id);
		}
		fputc('\n', out);
		print_lacks(out, verdict, first->failing);
	}
	for (size_t i = 0; i < verdict->count; i++)
		if (verdict->at[i].state == NOT_APPLICABLE)
			print_uncounted(out, verdict, verdict->at[i].requirement);
}

static void print_unverified(FILE *out, const struct verdict *verdict)
{
	bool untested = false;

	for (size_t i = 0; i < verdict->count; i++) {
		const struct judged *judged = &verdict->at[i];

		if (judged->state != UNVERIFIED)
			continue;
		untested |= !judged->reason_count;
		if (!judged->reason_count)
			continue;
		fprintf(out, "unverified  %s: %s\n", judged->requirement->id, judged->requirement->statement);
		for (size_t r = 0; r < judged->reason_count; r++)
			fprintf(out, "  %zu x %s\n", judged->reasons[r].tests, judged->reasons[r].text);
	}
	if (!untested)
		return;
	fputs("unverified  no test of this run covers:", out);
	for (size_t i = 0; i < verdict->count; i++)
		if (verdict->at[i].state == UNVERIFIED && !verdict->at[i].reason_count)
			fprintf(out, " %s", verdict->at[i].requirement->id);
	fputc('\n', out);
}

static void print_guest(FILE *out, const struct death *death)
{
	if (!death->how)
		return;
	fprintf(out, "guest     ended: %s, %s%s\n", death->how, death->during ? "in " : "between tests",
		death->during ? test_full_name(death->during) : "");
	for (size_t i = 0; i < death->console.count; i++)
		fprintf(out, "  console %s\n", death->console.at[i]);
}

static void print_skipped_cases(FILE *out, const struct run *run)
{
	for (size_t i = 0; i < run->case_count; i++) {
		const struct test_case *in = run->cases[i];

		if (in->skipped && !in->test_count)
			fprintf(out, "skipped   case %s: %s\n", *in->name ? in->name : "by hand", in->remark);
	}
}

static void print_tests(FILE *out, const struct verdict *verdict)
{
	const size_t *tests = verdict->tests;

	print_skipped_cases(out, verdict->run);
	for (size_t i = 0; i < verdict->troubles.count; i++)
		fprintf(out, "incomplete  %s\n", verdict->troubles.at[i]);
	if (verdict->states[NOT_SELECTED])
		fprintf(out, "selection  leaves out %zu requirements\n", verdict->states[NOT_SELECTED]);
	fprintf(out, "tests     %zu passed, %zu failed, %zu skipped", tests[PASSED], tests[FAILED], tests[SKIPPED]);
	if (tests[NO_RESULT])
		fprintf(out, ", %zu without a result", tests[NO_RESULT]);
	fputc('\n', out);
	if (verdict->stale_count)
		fprintf(out, "fails     %zu stale rows of expected/deviations.tsv, whatever the verdict\n",
			verdict->stale_count);
}

const char *answer_name(enum answer answer)
{
	static const char *const answers[] = {
		[CONFORMS] = "CONFORMS", [INCOMPLETE] = "INCOMPLETE", [DOES_NOT_CONFORM] = "DOES NOT CONFORM",
	};

	return answers[answer];
}

void print_last_line(FILE *out, const struct verdict *verdict)
{
	const size_t *n = verdict->states;

	fprintf(out, "VERDICT %s: %s (%zu requirements: %zu verified, %zu violated of which %zu by known bugs, ",
		facts_get(&verdict->run->facts, "kernel") ?: "unknown", answer_name(verdict->answer),
		n[VERIFIED] + n[VIOLATED] + n[UNVERIFIED] + n[DEVIATING], n[VERIFIED], n[VIOLATED], verdict->known);
	fprintf(out, "%zu unverified; %zu deviations)\n", n[UNVERIFIED], n[DEVIATING]);
}

void print_grounds(FILE *out, const struct verdict *verdict, const struct asked *asked)
{
	print_violations(out, verdict, asked);
	print_deviations(out, verdict);
	print_rows(out, verdict);
	print_not_applicable(out, verdict);
	print_unverified(out, verdict);
	print_guest(out, &verdict->run->death);
	print_tests(out, verdict);
}
