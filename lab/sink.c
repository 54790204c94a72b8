// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "sink.h"

void sink_init(struct sink *s, int fd)
{
	s->fd = fd;
	s->error = 0;
	s->used = 0;
}

/* The other end may have made a shared descriptor non-blocking: wait, don't lose text. */
static ssize_t write_some(int fd, const char *text, size_t len)
{
	struct pollfd writable = { .fd = fd, .events = POLLOUT };
	ssize_t n;

	for (;;) {
		n = write(fd, text, len);
		if (n >= 0)
			return n;
		if (errno == EAGAIN)
			poll(&writable, 1, -1);
		else if (errno != EINTR)
			return -errno;
	}
}

int sink_flush(struct sink *s)
{
	size_t done = 0;
	ssize_t n;

	while (done < s->used && !s->error) {
		n = write_some(s->fd, s->text + done, s->used - done);
		if (n < 0)
			s->error = n;
		else
			done += n;
	}
	s->used = 0;
	return s->error;
}

void sink_put(struct sink *s, const char *text, size_t len)
{
	size_t part;

	while (len && !s->error) {
		part = sizeof(s->text) - s->used;
		if (part > len)
			part = len;
		memcpy(s->text + s->used, text, part);
		s->used += part;
		text += part;
		len -= part;
		if (s->used == sizeof(s->text))
			sink_flush(s);
	}
}

void sink_printf(struct sink *s, const char *format, ...)
{
	char line[1024];
	va_list args;
	int n;

	va_start(args, format);
	n = vsnprintf(line, sizeof(line), format, args);
	va_end(args);
	if (n < 0)
		return;
	sink_put(s, line, (size_t)n < sizeof(line) ? (size_t)n : sizeof(line) - 1);
}
