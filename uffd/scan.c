// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "scan.h"

#define SCAN_BATCH 128

int pagemap_open(pid_t pid)
{
	char path[40];
	int fd;

	if (pid)
		snprintf(path, sizeof(path), "/proc/%d/pagemap", pid);
	else
		snprintf(path, sizeof(path), "/proc/self/pagemap");
	fd = open(path, O_RDONLY | O_CLOEXEC);
	return fd < 0 ? -errno : fd;
}

int pagemap_read(int fd, const void *addr, size_t pages, uint64_t *entries)
{
	off_t at = (uintptr_t)addr / sysconf(_SC_PAGESIZE) * sizeof(*entries);
	size_t left = pages * sizeof(*entries);
	char *to = (char *)entries;

	while (left) {
		ssize_t got = pread(fd, to, left, at);

		if (got < 0)
			return -errno;
		if (!got)
			return -EIO;
		to += got;
		at += got;
		left -= got;
	}
	return 0;
}

int scan_once(int fd, struct scan *s)
{
	struct pm_scan_arg arg = {
		.size = sizeof(arg),
		.flags = s->flags,
		.start = (uintptr_t)s->start,
		.end = (uintptr_t)s->start + s->len,
		.vec = (uintptr_t)s->vec,
		.vec_len = s->vec_len,
		.max_pages = s->max_pages,
		.category_inverted = s->inverted,
		.category_mask = s->mask,
		.category_anyof_mask = s->anyof,
		.return_mask = s->ret,
	};
	int got = ioctl(fd, PAGEMAP_SCAN, &arg);

	s->walk_end = (const void *)(uintptr_t)arg.walk_end;
	return got < 0 ? -errno : got;
}

int scan_all(int fd, struct scan *s,
	     void (*each)(const struct page_region *region, void *arg), void *arg)
{
	const char *end = (const char *)s->start + s->len;
	struct page_region vec[SCAN_BATCH];
	struct scan part = *s;
	int got, i;

	part.vec = vec;
	part.vec_len = SCAN_BATCH;
	do {
		part.len = end - (const char *)part.start;
		got = scan_once(fd, &part);
		if (got < 0)
			return got;
		for (i = 0; i < got; i++)
			each(&vec[i], arg);
		/* A walk that doesn't advance would be asked for ever. */
		if (part.walk_end <= part.start)
			return -EIO;
		part.start = part.walk_end;
	} while ((const char *)part.start < end);
	s->walk_end = part.walk_end;
	return 0;
}
