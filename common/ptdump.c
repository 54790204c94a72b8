// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ptdump.h"

#define TABLES "/sys/kernel/debug/page_tables/"
/* A line has 90 bytes, and a page table that alternates has 512. */
#define ROOM (1 << 18)

static int dump_fd = -1;

/* Isolated tables: /proc/cpuinfo's flags have pti. Without, current_user shows all that current_kernel does. */
static bool isolated(void)
{
	char text[8192];
	int fd = open("/proc/cpuinfo", O_RDONLY | O_CLOEXEC);
	ssize_t n = fd < 0 ? -1 : read(fd, text, sizeof(text) - 1);

	if (fd >= 0)
		close(fd);
	text[n > 0 ? n : 0] = '\0';
	return strstr(text, " pti ");
}

static const char *table(void)
{
	if (isolated() && !access(TABLES "current_user", R_OK))
		return TABLES "current_user";
	return access(TABLES "current_kernel", R_OK) ? NULL : TABLES "current_kernel";
}

const char *ptdump_which(void)
{
	const char *path = table();

	return !path ? "no" : strcmp(path, TABLES "current_user") ? "kernel" : "user";
}

void ptdump_open(void)
{
	const char *path = dump_fd < 0 ? table() : NULL;

	if (path)
		dump_fd = open(path, O_RDONLY | O_CLOEXEC);
}

struct reading {
	uintptr_t start;
	uintptr_t end;
	void (*see)(size_t from, size_t to, bool writable, void *arg);
	void *arg;
};

/*
 * "0xFROM-0xTO   SIZE FLAGS LEVEL", FLAGS blank where nothing is mapped. Returns false behind the range, for lines are
 * in order; heads of sections are no lines.
 */
static bool take_line(const struct reading *r, const char *line, size_t len)
{
	uintptr_t from, to;
	bool writable;
	char *rest;

	if (len < 2 || line[0] != '0' || line[1] != 'x')
		return true;
	from = strtoul(line, &rest, 16);
	if (*rest != '-' || from >= r->end)
		return false;
	to = strtoul(rest + 1, &rest, 16);
	writable = memmem(rest, line + len - rest, " RW ", 4);
	if (to <= r->start || (!writable && !memmem(rest, line + len - rest, " ro ", 4)))
		return true;
	from = from < r->start ? r->start : from;
	to = to > r->end ? r->end : to;
	r->see(from - r->start, to - r->start, writable, r->arg);
	return true;
}

static void take_lines(const struct reading *r, const char *text)
{
	const char *end;

	for (; (end = strchr(text, '\n')); text = end + 1)
		if (!take_line(r, text, end - text))
			return;
}

int ptdump_read(const char *start, size_t len, void (*see)(size_t from, size_t to, bool writable, void *arg), void *arg)
{
	struct reading r = { (uintptr_t)start, (uintptr_t)start + len, see, arg };
	char *text;
	ssize_t n;

	if (dump_fd < 0)
		return -ENOENT;
	text = malloc(ROOM);
	if (!text)
		return -ENOMEM;
	/* From offset 0 each time: that makes the kernel walk anew. */
	n = pread(dump_fd, text, ROOM - 1, 0);
	if (n >= 0) {
		text[n] = '\0';
		take_lines(&r, text);
	}
	n = n < 0 ? -errno : 0;
	free(text);
	return n;
}
