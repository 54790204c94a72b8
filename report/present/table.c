// SPDX-License-Identifier: GPL-2.0
/* Kernels against requirements once more, for a terminal and for awk; and tests against kernels. */
#include <string.h>

#include "../text.h"
#include "present.h"

#define ID_WIDTH 20		/* the longest requirement's, and room */
#define CELL_WIDTH 18		/* the longest word's, its sign, and room */
#define ROOM 2

static char *kernel_line(const json_t *verdict)
{
	return text_of("%s: %s, %s: %s (%s)", text_in(verdict, "asked"), text_in(verdict, "kernel"),
		       text_in(verdict, "arch"), text_in(verdict, "verdict"), verdict_counts(verdict));
}

static void put_kernels(FILE *out, const char *before, const struct verdicts *verdicts)
{
	size_t k;

	for (k = 0; k < verdicts->count; k++)
		fprintf(out, "%s%s\n", before, kernel_line(verdicts->at[k]));
}

void write_tsv(FILE *out, const struct verdicts *verdicts)
{
	const json_t *requirement;
	size_t i, k;

	put_kernels(out, "# ", verdicts);
	fputs("requirement", out);
	for (k = 0; k < verdicts->count; k++)
		fprintf(out, "\t%s", text_in(verdicts->at[k], "asked"));
	json_array_foreach(json_object_get(verdicts->at[0], "requirements"), i, requirement) {
		const char *id = text_in(requirement, "id");

		fprintf(out, "\n%s", id);
		for (k = 0; k < verdicts->count; k++)
			fprintf(out, "\t%s", sign_of(requirement_of(verdicts->at[k], id))->word);
	}
	fputc('\n', out);
}

/* Under the kernel's name. */
static int column_width(const json_t *verdict)
{
	size_t len = strlen(text_in(verdict, "asked")) + ROOM;

	return len > CELL_WIDTH ? len : CELL_WIDTH;
}

static void put_row(FILE *out, const char *id, const struct verdicts *verdicts)
{
	size_t k;

	fprintf(out, "%-*s", ID_WIDTH, id);
	for (k = 0; k < verdicts->count; k++) {
		const struct sign *sign = sign_of(requirement_of(verdicts->at[k], id));
		int width = k + 1 < verdicts->count ? column_width(verdicts->at[k]) - ROOM : 0;

		fprintf(out, "%s %-*s", sign->sign, width, sign->word);
	}
	fputc('\n', out);
}

void write_text(FILE *out, const struct verdicts *verdicts)
{
	const json_t *requirement;
	size_t i, k;

	fprintf(out, "%-*s", ID_WIDTH, "");
	for (k = 0; k < verdicts->count; k++)
		fprintf(out, "%-*s", k + 1 < verdicts->count ? column_width(verdicts->at[k]) : 0,
			text_in(verdicts->at[k], "asked"));
	fputc('\n', out);
	json_array_foreach(json_object_get(verdicts->at[0], "requirements"), i, requirement)
		put_row(out, text_in(requirement, "id"), verdicts);
	fputc('\n', out);
	put_kernels(out, "", verdicts);
}

/* Kernel, test, outcome, and why a failure is none or is known: contract, bypass, bug, new, or - where nothing failed. */
void write_tests(FILE *out, const struct verdicts *verdicts)
{
	const json_t *test;
	size_t i, k;

	for (k = 0; k < verdicts->count; k++)
		json_array_foreach(json_object_get(verdicts->at[k], "tests"), i, test) {
			const json_t *violation = test_violation(verdicts->at[k], test);

			fprintf(out, "%s\t%s\t%s\t%s\n", text_in(verdicts->at[k], "asked"), text_in(test, "name"),
				text_in(test, "outcome"), violation ? violation_kind(violation) : "-");
		}
}
