/* SPDX-License-Identifier: GPL-2.0 */
/*
 * present - verdicts of one or more kernels, as report wrote them in JSON (docs/schema/verdict.json), in the formats that others read.
 *
 * Nothing here judges: what fails the JUnit file is what made report exit with other than 0. Memory is never freed: the program
 * writes one file and ends. Whatever can't be used ends it with one line and exit 2.
 */
#ifndef REPORT_PRESENT_H
#define REPORT_PRESENT_H

#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>

struct verdicts {
	json_t **at;		/* checked by verdicts_read(): every field of the schema is there, of its type */
	size_t count;
};

/* Reads each of @files. */
void verdicts_read(struct verdicts *verdicts, char *const *files, size_t count);

/* A field that the schema promises. */
const char *text_in(const json_t *object, const char *field);

/* "LOST: WP-NO-LOST-WRITE", and the whole block as it was printed, a line each. */
char *violation_headline(const json_t *violation);
char *violation_text(const json_t *violation);

/* The kind of the row that knows a violation, "new" without one. */
const char *violation_kind(const json_t *violation);

/* Does it make the run fail? One that counts does, but for known bugs where they are allowed. */
bool violation_fails(const json_t *verdict, const json_t *violation);

/* The first violation of @test, one that fails the run if there is any; NULL: none. */
const json_t *test_violation(const json_t *verdict, const json_t *test);

/* "71 requirements: 60 verified, ...", as in the VERDICT line. */
char *verdict_counts(const json_t *verdict);

/* NULL: this verdict knows no such requirement. */
const json_t *requirement_of(const json_t *verdict, const char *id);

/* A state of a requirement: a sign that needs no colour, and the word behind it. */
struct sign {
	const char *state;	/* as in the verdict, or "known": violated by known bugs alone */
	const char *class;	/* of the page's style */
	const char *sign;	/* one column wide */
	const char *word;
};

/* NULL is a requirement that wasn't selected. */
const struct sign *sign_of(const json_t *requirement);

/* Each writes a whole document. */
void write_junit(FILE *out, const struct verdicts *verdicts);
void write_json(FILE *out, const struct verdicts *verdicts);
void write_kcidb(FILE *out, const struct verdicts *verdicts);
void write_html(FILE *out, const struct verdicts *verdicts);
void write_tsv(FILE *out, const struct verdicts *verdicts);
void write_text(FILE *out, const struct verdicts *verdicts);
void write_tests(FILE *out, const struct verdicts *verdicts);

#endif /* REPORT_PRESENT_H */
