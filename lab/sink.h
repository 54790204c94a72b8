/* SPDX-License-Identifier: GPL-2.0 */
/*
 * sink - where the KTAP stream goes: a buffered descriptor that remembers its first error.
 *
 * Text is collected and handed to the kernel by sink_flush(): the caller flushes whenever it is about to wait, so
 * that a guest which dies has said all that it knew. After an error every call is a no-op and sink->error holds the
 * negative errno.
 */
#ifndef LAB_SINK_H
#define LAB_SINK_H

#include <stddef.h>

struct sink {
	int fd;
	int error;
	size_t used;
	char text[16384];
};

void sink_init(struct sink *s, int fd);

void sink_put(struct sink *s, const char *text, size_t len);

__attribute__((format(printf, 2, 3)))
void sink_printf(struct sink *s, const char *format, ...);

/* Returns 0, or the negative errno of the first write that failed. */
int sink_flush(struct sink *s);

#endif
