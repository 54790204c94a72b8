/* SPDX-License-Identifier: GPL-2.0 */
/*
 * text - strings, and the one way in which the program gives up.
 *
 * Nothing here is ever freed: the program reads one stream, prints one verdict and ends. Out of
 * memory is an error of ours like any other: one line, exit 2.
 */
#ifndef REPORT_TEXT_H
#define REPORT_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))

#define EXIT_UNUSABLE 2		/* usage, set-up or input: nothing is said about the kernel */

/*
 * Prints "PROGRAM: FILE:LINE: ..." on stderr and ends the program with EXIT_UNUSABLE. @line counts from 1,
 * 0 leaves it out; @file NULL leaves both out. The text says what is wrong and what to do.
 */
__attribute__((format(printf, 3, 4), noreturn))
void die_at(const char *file, size_t line, const char *format, ...);

/* Zeroed memory. */
void *new_bytes(size_t size);

/* Room for one more entry of @size bytes behind the @count that @array holds. */
void *grow(void *array, size_t count, size_t size);

char *copy_of(const char *text);
char *copy_of_n(const char *text, size_t len);
__attribute__((format(printf, 1, 2)))
char *text_of(const char *format, ...);

/* A list of strings in the order in which they came. */
struct strings {
	char **at;
	size_t count;
};

/* Keeps @text itself, not a copy. */
void strings_add(struct strings *list, char *text);
bool strings_have(const struct strings *list, const char *text);

/* The text behind @prefix, or NULL when @text doesn't begin with it. */
const char *after(const char *text, const char *prefix);

/* How many of the first bytes of @text are one of @set. */
size_t length_of(const char *text, const char *set);

/*
 * One line of anybody's output as a string that is safe to print: well-formed UTF-8 stays, control
 * characters (but tabs) and stray bytes become \xNN, carriage returns and the newline at the end go.
 */
char *readable(const char *raw, size_t len);

/* getline(3) and readable() in one: the next line, or NULL at the end. @whole: it had its newline. */
char *read_line(FILE *in, const char *name, bool *whole);

#endif /* REPORT_TEXT_H */
