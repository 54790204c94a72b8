// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../uffd/compiler.h"
#include "../uffd/scan.h"
#include "host.h"

#define LOG_WARNING 4

/* Opened once, shared by all children on purpose: a line is taken by the first who looks. */
static int log_fd = -1;

static const char *const counter_names[COUNTER_COUNT] = {
	[THP_FAULT_ALLOC] = "thp_fault_alloc",
	[THP_FAULT_FALLBACK] = "thp_fault_fallback",
	[THP_FAULT_FALLBACK_CHARGE] = "thp_fault_fallback_charge",
	[THP_ZERO_PAGE_ALLOC] = "thp_zero_page_alloc",
	[THP_SPLIT_PMD] = "thp_split_pmd",
	[THP_SPLIT_PAGE] = "thp_split_page",
	[THP_COLLAPSE_ALLOC] = "thp_collapse_alloc",
};

const char *counter_name(enum counter c)
{
	return counter_names[c];
}

/* The whole of a proc file as a string of its own; NULL with errno set. */
static char *slurp(const char *path)
{
	size_t size = 16384, used = 0;
	char *text = malloc(size), *more;
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t got = -1;

	while (text && fd >= 0 && (got = read(fd, text + used, size - used - 1)) > 0) {
		used += got;
		if (size - used > 4096)
			continue;
		more = realloc(text, size *= 2);
		if (!more)
			break;
		text = more;
	}
	if (fd >= 0)
		close(fd);
	if (got) {
		free(text);
		return NULL;
	}
	text[used] = '\0';
	return text;
}

/* The number behind "\n@name " in vmstat's text. */
static uint64_t vmstat_value(const char *text, const char *name)
{
	size_t len = strlen(name);
	const char *at = text;

	while ((at = strstr(at, name))) {
		if (at > text && at[-1] == '\n' && at[len] == ' ')
			return strtoull(at + len + 1, NULL, 10);
		at += len;
	}
	return 0;
}

int host_counters(uint64_t counter[COUNTER_COUNT])
{
	char *text = slurp("/proc/vmstat");
	const char *thp;
	int i;

	if (!text)
		return -errno;
	/* The counters kept here stand together at the end of a long file. */
	thp = strstr(text, "\nthp_");
	for (i = 0; i < COUNTER_COUNT; i++)
		counter[i] = thp ? vmstat_value(thp, counter_names[i]) : 0;
	free(text);
	return 0;
}

int host_page_tables(size_t *bytes)
{
	FILE *f = fopen("/proc/self/status", "re");
	char line[128];
	int got = 0;

	if (!f)
		return -errno;
	while (!got && fgets(line, sizeof(line), f))
		got = sscanf(line, "VmPTE: %zu kB", bytes) == 1;
	fclose(f);
	*bytes *= 1024;
	return got ? 0 : -ENOENT;
}

static void smaps_line(const char *line, struct view_smaps *smaps)
{
	static const struct {
		const char *key;
		size_t at;
	} sizes[] = {
		{ "Rss:", offsetof(struct view_smaps, rss) },
		{ "Anonymous:", offsetof(struct view_smaps, anonymous) },
		{ "AnonHugePages:", offsetof(struct view_smaps, anon_huge) },
		{ "Private_Hugetlb:", offsetof(struct view_smaps, hugetlb) },
		{ "Shared_Hugetlb:", offsetof(struct view_smaps, hugetlb) },
		{ "Swap:", offsetof(struct view_smaps, swap) },
		{ "Shared_Dirty:", offsetof(struct view_smaps, dirty) },
		{ "Private_Dirty:", offsetof(struct view_smaps, dirty) },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(sizes); i++)
		if (!strncmp(line, sizes[i].key, strlen(sizes[i].key)))
			*(size_t *)((char *)smaps + sizes[i].at) +=
				strtoul(line + strlen(sizes[i].key), NULL, 10) * 1024;
	if (!strncmp(line, "VmFlags:", 8) && !strstr(line, " uw"))
		smaps->registered_wp = false;
}

int host_smaps(const char *start, size_t len, struct view_smaps *smaps)
{
	char *text = slurp("/proc/self/smaps");
	char *line, *next = text;
	bool ours = false;

	if (!text)
		return -errno;
	memset(smaps, 0, sizeof(*smaps));
	smaps->registered_wp = true;
	while ((line = strsep(&next, "\n"))) {
		unsigned long from, to;

		/* A VMA's head begins with its range, every other line with a capital letter. */
		if (sscanf(line, "%lx-%lx ", &from, &to) == 2)
			ours = from < (uintptr_t)start + len && to > (uintptr_t)start;
		else if (ours)
			smaps_line(line, smaps);
	}
	free(text);
	return 0;
}

/* linux/kernel-page-flags.h */
#define KPF_THP (1ULL << 22)
#define KPF_ZERO_PAGE (1ULL << 24)
#define PAGEMAP_PFN ((1ULL << 55) - 1)

static int page_frame(const char *page, uint64_t *pfn)
{
	int fd = pagemap_open(0), err;
	uint64_t entry;

	if (fd < 0)
		return fd;
	err = pagemap_read(fd, page, 1, &entry);
	close(fd);
	if (err)
		return err;
	*pfn = entry & PAGEMAP_PFN;
	return *pfn ? 0 : -EPERM;
}

int host_maps_huge_zero(const char *page)
{
	uint64_t pfn, flags;
	int err = page_frame(page, &pfn), fd;
	ssize_t got;

	if (err)
		return err;
	fd = open("/proc/kpageflags", O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	got = pread(fd, &flags, sizeof(flags), pfn * sizeof(flags));
	err = got < 0 ? -errno : got != sizeof(flags) ? -EIO : 0;
	close(fd);
	return err ?: !(~flags & (KPF_THP | KPF_ZERO_PAGE));
}

void host_log_open(void)
{
	if (log_fd < 0)
		log_fd = open("/dev/kmsg", O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	if (log_fd >= 0)
		lseek(log_fd, 0, SEEK_END);
}

unsigned int host_log_read(char *text, size_t len)
{
	unsigned int lines = 0;
	char record[1024];
	ssize_t got;

	/* EPIPE: the ring went round past us; go on with what is left. */
	while (log_fd >= 0 && ((got = read(log_fd, record, sizeof(record) - 1)) > 0 || errno == EPIPE)) {
		char *message;

		if (got <= 0)
			continue;
		record[got] = '\0';
		message = strchr(record, ';');
		if (!message || (strtoul(record, NULL, 10) & 7) > LOG_WARNING)
			continue;
		snprintf(text, len, "%.*s", (int)strcspn(message + 1, "\n"), message + 1);
		lines++;
	}
	return lines;
}
