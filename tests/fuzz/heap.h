/* SPDX-License-Identifier: GPL-2.0 */
/*
 * heap - what a program that frees nothing and ends at its first complaint needs to be run millions of times in one process.
 *
 * Comes before the sources of report/ when they are built for fuzzing (-include): what they allocate is freed after each
 * input, exit() gets out of fuzz_one(), and the files that they open are made of the input.
 */
#ifndef TESTS_FUZZ_HEAP_H
#define TESTS_FUZZ_HEAP_H

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void *fuzz_malloc(size_t size);
void *fuzz_calloc(size_t count, size_t size);
void *fuzz_reallocarray(void *old, size_t count, size_t size);
char *fuzz_strdup(const char *text);
char *fuzz_strndup(const char *text, size_t len);
__attribute__((format(printf, 2, 0)))
int fuzz_vasprintf(char **text, const char *format, va_list args);
void fuzz_free(void *memory);
__attribute__((noreturn)) void fuzz_exit(int status);
FILE *fuzz_fopen(const char *path, const char *mode);
int fuzz_fclose(FILE *file);
FILE *fuzz_open_memstream(char **text, size_t *len);
json_t *fuzz_json_load_file(const char *path, size_t flags, json_error_t *error);

/* The @part'th part of the input (parts are separated by lines of "@@"), or all of it, as a file that is read. */
FILE *fuzz_input(void);
FILE *fuzz_part(int part);

/* A file as it is. */
FILE *fuzz_file(const char *path);

/* Where the answers go: they are made, and looked at by nobody. */
FILE *fuzz_nowhere(void);

/* One input, from the harness at hand; returns early when the program would have ended. */
void fuzz_one(void);

#ifndef FUZZ_HEAP_ITSELF
#define malloc fuzz_malloc
#define calloc fuzz_calloc
#define reallocarray fuzz_reallocarray
#undef strdup
#define strdup fuzz_strdup
#undef strndup
#define strndup fuzz_strndup
#define vasprintf fuzz_vasprintf
#define free fuzz_free
#define exit fuzz_exit
#define fopen fuzz_fopen
#define fclose fuzz_fclose
#define open_memstream fuzz_open_memstream
#define json_load_file fuzz_json_load_file
#endif

#endif /* TESTS_FUZZ_HEAP_H */
