// SPDX-License-Identifier: GPL-2.0
/* What is violated: each requirement once, each way of failing twice, further tests by name. */
#include <string.h>

#include "print.h"

#define BLOCKS_SHOWN 2		/* of violations that differ in the variant only */
#define CLASSES (INTERFACE + 1)

/* "new", or the row that knows it. */
static char *known_text(const struct violation *violation)
{
	const struct deviation *row = violation->row;

	if (!row)
		return copy_of("no row of expected/deviations.tsv applies: new");
	return text_of("%s (%s, expected/deviations.tsv:%zu)", row->why, kind_name(row->kind), row->line);
}

/* fixture.variant.test without its variant. */
static char *family(const struct test *test)
{
	return text_of("%.*s%s", (int)strcspn(test->name, "."), test->name, strrchr(test->name, '.') ?: "");
}

/* Do two tests fail the same way: same check, same class, same row, no difference but the variant? */
static bool is_same_way(const struct violation *a, const struct violation *b)
{
	return a->test && b->test && a->requirement == b->requirement && a->class == b->class &&
	       a->row == b->row && a->test->in == b->test->in &&
	       !strcmp(a->text.at[0], b->text.at[0]) && !strcmp(family(a->test), family(b->test));
}

/* Quoted when a shell would see more in it than a word. */
static char *shell_word(const char *word)
{
	size_t plain = length_of(word, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.,:/@%+=-");

	return plain && !word[plain] ? copy_of(word) : text_of("'%s'", word);
}

char *asked_text(const struct asked *asked)
{
	return asked->arch ? text_of("%s %s", asked->kernel, asked->arch) : copy_of(asked->kernel);
}

char *again_text(const struct test *test, const struct asked *asked)
{
	const char *name = strcmp(test->name, "main") ? test->name : "*";

	return text_of("./run.sh -k %s%s%s '%s:%s'", shell_word(asked->kernel), asked->arch ? " --arch " : "",
		       asked->arch ?: "", *test->in->name ? test->in->name : "*", name);
}

static void print_block(FILE *out, const struct violation *violation, const struct asked *asked)
{
	const struct test *test = violation->test;

	fprintf(out, "  %s\n", test ? test_full_name(test) : "between tests");
	for (size_t i = 0; i < violation->text.count; i++)
		fprintf(out, "    %s\n", violation->text.at[i]);
	fprintf(out, "    known  %s\n", known_text(violation));
	if (test)
		fprintf(out, "    again  %s\n", again_text(test, asked));
}

/* @first and all that fail the same way after it; @printed marks what is done. */
static void print_way(FILE *out, const struct verdict *verdict, size_t first, bool *printed, const struct asked *asked)
{
	const struct violation *violation = verdict->violations[first];
	struct strings more = { 0 };
	size_t shown = 0;

	for (size_t i = first; i < verdict->violation_count; i++) {
		const struct violation *other = verdict->violations[i];

		if (printed[i] || (i != first && !is_same_way(violation, other)))
			continue;
		printed[i] = true;
		if (shown++ < BLOCKS_SHOWN)
			print_block(out, other, asked);
		else if (!strings_have(&more, test_full_name(other->test)))
			strings_add(&more, test_full_name(other->test));
	}
	if (!more.count)
		return;
	fprintf(out, "  the same way (%s, %s) in %zu more:\n", class_name(violation->class),
		violation->row ? "known" : "new", more.count);
	for (size_t i = 0; i < more.count; i++)
		fprintf(out, "    %s\n", more.at[i]);
}

static bool is_charged(const struct violation *violation, const struct requirement *requirement)
{
	return violation->requirement == requirement && !violation_excused(violation);
}

/* "LOST, CRASH": each class once. */
static char *classes_of(const struct verdict *verdict, const struct requirement *requirement)
{
	bool seen[CLASSES] = { false };
	char *text = copy_of("");

	for (size_t i = 0; i < verdict->violation_count; i++)
		if (is_charged(verdict->violations[i], requirement))
			seen[verdict->violations[i]->class] = true;
	for (size_t class = 0; class < CLASSES; class++)
		if (seen[class])
			text = text_of("%s%s%s", text, *text ? ", " : "", class_name(class));
	return text;
}

static void print_requirement(FILE *out, const struct verdict *verdict, const struct requirement *requirement,
			      bool known, const struct asked *asked)
{
	bool *printed = new_bytes(verdict->violation_count * sizeof(*printed));

	fprintf(out, "violated  %s (%s), %s\n", requirement ? requirement->id : "no requirement to charge",
		classes_of(verdict, requirement), known ? "known" : "new");
	if (requirement)
		fprintf(out, "  must    %s\n  source  %s\n", requirement->statement, requirement->source);
	/* New failures first: they are what one reads this for. */
	for (int row = 0; row < 2; row++)
		for (size_t i = 0; i < verdict->violation_count; i++)
			if (!printed[i] && is_charged(verdict->violations[i], requirement) &&
			    !!verdict->violations[i]->row == row)
				print_way(out, verdict, i, printed, asked);
	fputc('\n', out);
}

void print_violations(FILE *out, const struct verdict *verdict, const struct asked *asked)
{
	if (verdict->uncharged)
		print_requirement(out, verdict, NULL, !verdict->uncharged_new, asked);
	for (int known = 0; known < 2; known++)
		for (size_t i = 0; i < verdict->count; i++)
			if (verdict->at[i].state == VIOLATED && verdict->at[i].known == known)
				print_requirement(out, verdict, verdict->at[i].requirement, known, asked);
}

void print_violations_table(FILE *out, const struct verdict *verdict)
{
	for (size_t i = 0; i < verdict->violation_count; i++) {
		const struct violation *violation = verdict->violations[i];

		fprintf(out, "%s\t%s\t%s\t%s\n", violation->row ? kind_name(violation->row->kind) : "new",
			violation->requirement ? violation->requirement->id : "-", class_name(violation->class),
			violation->test ? test_full_name(violation->test) : "-");
	}
}
