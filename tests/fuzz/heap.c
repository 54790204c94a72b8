// SPDX-License-Identifier: GPL-2.0
#define FUZZ_HEAP_ITSELF
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>

#include "heap.h"

#define SEPARATOR "@@\n"

/* The input at hand. */
static const char *data;
static size_t data_len;
static jmp_buf way_out;

/* What was allocated since it began, in the order in which it came; NULL where it was freed again. */
static void **blocks;
static size_t block_count, block_room;
static FILE *opened;
/* What is being written into memory, and where its text will be. */
static FILE *memory;
static char **memory_text;

static void *keep(void *memory)
{
	if (block_count == block_room) {
		block_room = block_room ? 2 * block_room : 1024;
		blocks = reallocarray(blocks, block_room, sizeof(*blocks));
		if (!blocks)
			abort();
	}
	blocks[block_count++] = memory;
	return memory;
}

/* False for what isn't ours: getline()'s, for one. */
static bool forget(void *memory)
{
	for (size_t i = block_count; i--;) {
		if (blocks[i] != memory)
			continue;
		if (i == block_count - 1)
			block_count--;
		else
			blocks[i] = NULL;
		return true;
	}
	return false;
}

void *fuzz_malloc(size_t size)
{
	return keep(malloc(size));
}

void *fuzz_calloc(size_t count, size_t size)
{
	return keep(calloc(count, size));
}

void *fuzz_reallocarray(void *old, size_t count, size_t size)
{
	if (old)
		forget(old);
	return keep(reallocarray(old, count, size));
}

char *fuzz_strdup(const char *text)
{
	return keep(strdup(text));
}

char *fuzz_strndup(const char *text, size_t len)
{
	return keep(strndup(text, len));
}

int fuzz_vasprintf(char **text, const char *format, va_list args)
{
	int len = vasprintf(text, format, args);

	if (len >= 0)
		keep(*text);
	return len;
}

void fuzz_free(void *memory)
{
	if (memory)
		forget(memory);
	free(memory);
}

void fuzz_exit(int status)
{
	longjmp(way_out, status + 1);
}

/* A stream whose bytes may be any, NUL among them: fmemopen() has its own mind about those. */
struct window {
	const char *at;
	size_t left;
};

static ssize_t window_read(void *cookie, char *to, size_t size)
{
	struct window *w = cookie;
	size_t n = size < w->left ? size : w->left;

	memcpy(to, w->at, n);
	w->at += n;
	w->left -= n;
	return n;
}

static FILE *open_window(const char *at, size_t len)
{
	struct window *w = fuzz_malloc(sizeof(*w));

	*w = (struct window){ at, len };
	opened = fopencookie(w, "r", (cookie_io_functions_t){ .read = window_read });
	return opened;
}

FILE *fuzz_input(void)
{
	return open_window(data, data_len);
}

FILE *fuzz_part(int part)
{
	const char *at = data, *end = data + data_len, *next;

	while (at < end) {
		next = memmem(at, end - at, SEPARATOR, strlen(SEPARATOR));
		if (!part--)
			return open_window(at, (next ?: end) - at);
		at = next ? next + strlen(SEPARATOR) : end;
	}
	return open_window("", 0);
}

FILE *fuzz_file(const char *path)
{
	opened = fopen(path, "re");
	return opened;
}

FILE *fuzz_open_memstream(char **text, size_t *len)
{
	memory = open_memstream(text, len);
	memory_text = text;
	return memory;
}

int fuzz_fclose(FILE *file)
{
	int err = fclose(file);

	if (file == opened)
		opened = NULL;
	if (file == memory)
		keep(*memory_text);
	return err;
}

json_t *fuzz_json_load_file(const char *path, size_t flags, json_error_t *error)
{
	(void)path;
	return json_loadb(data, data_len, flags, error);
}

FILE *fuzz_nowhere(void)
{
	static FILE *nowhere;

	if (!nowhere)
		nowhere = fopen("/dev/null", "w");
	return nowhere;
}

static void free_all(void)
{
	if (opened)
		fclose(opened);
	opened = NULL;
	while (block_count)
		free(blocks[--block_count]);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	json_set_alloc_funcs(fuzz_malloc, fuzz_free);
	data = (const char *)bytes;
	data_len = size;
	if (!setjmp(way_out))
		fuzz_one();
	free_all();
	return 0;
}
