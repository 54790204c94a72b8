// SPDX-License-Identifier: GPL-2.0
#ifndef _GNU_SOURCE
#define _GNU_SOURCE		/* vasprintf, mempcpy */
#endif
#include <errno.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "text.h"

void die_at(const char *file, size_t line, const char *format, ...)
{
	va_list args;

	fflush(stdout);
	fprintf(stderr, "%s: ", program_invocation_short_name);
	if (file && line)
		fprintf(stderr, "%s:%zu: ", file, line);
	else if (file)
		fprintf(stderr, "%s: ", file);
	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	fputc('\n', stderr);
	exit(EXIT_UNUSABLE);
}

static void *or_die(void *memory)
{
	if (!memory)
		die_at(NULL, 0, "out of memory: give it a shorter stream");
	return memory;
}

void *new_bytes(size_t size)
{
	return or_die(calloc(1, size));
}

void *grow(void *array, size_t count, size_t size)
{
	/* Full at 0 and at each power of two: doubles there. */
	if (count & (count - 1))
		return array;
	return or_die(reallocarray(array, count ? 2 * count : 1, size));
}

char *copy_of(const char *text)
{
	return or_die(strdup(text));
}

char *copy_of_n(const char *text, size_t len)
{
	return or_die(strndup(text, len));
}

char *text_of(const char *format, ...)
{
	va_list args;
	char *text;
	int len;

	va_start(args, format);
	len = vasprintf(&text, format, args);
	va_end(args);
	return or_die(len < 0 ? NULL : text);
}

void strings_add(struct strings *list, char *text)
{
	list->at = grow(list->at, list->count, sizeof(*list->at));
	list->at[list->count++] = text;
}

bool strings_have(const struct strings *list, const char *text)
{
	for (size_t i = 0; i < list->count; i++)
		if (!strcmp(list->at[i], text))
			return true;
	return false;
}

const char *after(const char *text, const char *prefix)
{
	size_t len = strlen(prefix);

	return strncmp(text, prefix, len) ? NULL : text + len;
}

size_t length_of(const char *text, const char *set)
{
	return strspn(text, set);
}

/* Bytes of the UTF-8 character at @s, 0 when there is none that may be printed. */
static size_t utf8_length(const unsigned char *s, size_t len)
{
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	size_t n = s[0] < 0x80 ? 1 : s[0] >= 0xf0 ? 4 : s[0] >= 0xe0 ? 3 : 2;
	uint32_t c = n == 1 ? s[0] : s[0] & (0x7f >> n);

	if (n > len || (s[0] >= 0x80 && s[0] < 0xc2) || s[0] > 0xf4)
		return 0;
	for (size_t i = 1; i < n; i++) {
		if ((s[i] & 0xc0) != 0x80)
			return 0;
		c = c << 6 | (s[i] & 0x3f);
	}
	if (c < least[n] || c > 0x10ffff || (c >= 0xd800 && c < 0xe000))
		return 0;
	return (c < 0x20 && c != '\t') || (c >= 0x7f && c < 0xa0) ? 0 : n;
}

char *readable(const char *raw, size_t len)
{
	const unsigned char *s = (const unsigned char *)raw;
	char *text, *to;

	if (len && raw[len - 1] == '\n')
		len--;
	while (len && raw[len - 1] == '\r')
		len--;
	text = new_bytes(4 * len + 1);
	to = text;
	while (len) {
		size_t n = utf8_length(s, len);

		if (n)
			to = mempcpy(to, s, n);
		else
			to += sprintf(to, "\\x%02x", s[0]);
		s += n ?: 1;
		len -= n ?: 1;
	}
	return text;
}

char *read_line(FILE *in, const char *name, bool *whole)
{
	char *raw = NULL, *text = NULL;
	size_t size = 0;
	ssize_t len = getline(&raw, &size, in);

	/* No memory for a line is neither its end nor an error of the stream. */
	if (len < 0 && !feof(in))
		die_at(name, 0, "cannot be read: %s", strerror(errno));
	if (len > 0) {
		*whole = raw[len - 1] == '\n';
		text = readable(raw, len);
	}
	free(raw);
	return text;
}
