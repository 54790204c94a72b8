// SPDX-License-Identifier: GPL-2.0
/*
 * KSM takes the soft-dirty bit from pages that it merges: written since the bits were cleared, and reported clean.
 *
 * Exit: 0 the kernel keeps its promise, 1 it does not, 4 nothing can be said here.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define PAGE 4096UL

/* Nothing can be said about the kernel: exit 4. */
static void cant_tell(const char *what)
{
	printf("can't tell: %s%s%s\n", what, errno ? ": " : "", errno ? strerror(errno) : "");
	exit(4);
}

/* The page's entry in pagemap: bit 57 says protected, 62 swapped, 63 present. */
static unsigned long entry_of(const char *page)
{
	unsigned long entry = 0;
	int fd = open("/proc/self/pagemap", O_RDONLY);

	if (pread(fd, &entry, sizeof(entry), (unsigned long)page / PAGE * sizeof(entry)) != sizeof(entry))
		cant_tell("/proc/self/pagemap");
	close(fd);
	return entry;
}

#define PAGES 16UL

static void set(const char *file, const char *value)
{
	int fd = open(file, O_WRONLY);

	if (fd < 0 || write(fd, value, strlen(value)) < 0)
		cant_tell(file);
	close(fd);
}

static unsigned long merged(void)
{
	char text[32] = "";
	int fd = open("/proc/self/ksm_merging_pages", O_RDONLY);

	if (fd < 0 || read(fd, text, sizeof(text) - 1) < 0)
		cant_tell("/proc/self/ksm_merging_pages");
	close(fd);
	return strtoul(text, NULL, 10);
}

/* The machine's KSM runs for this, and stops. */
static void merge(void)
{
	int tries = 1000;

	set("/sys/kernel/mm/ksm/pages_to_scan", "100000");
	set("/sys/kernel/mm/ksm/run", "1");
	while (merged() < PAGES && tries--)
		usleep(10000);
	set("/sys/kernel/mm/ksm/run", "0");
	if (merged() < PAGES)
		cant_tell("KSM merges nothing");
}

static unsigned long soft_dirty(const char *p)
{
	unsigned long i, n = 0;

	for (i = 0; i < PAGES; i++)
		n += entry_of(p + i * PAGE) >> 55 & 1;
	return n;
}

int main(void)
{
	char *p = mmap(NULL, PAGES * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	unsigned long before, after;

	madvise(p, PAGES * PAGE, MADV_NOHUGEPAGE);
	if (madvise(p, PAGES * PAGE, MADV_MERGEABLE))
		cant_tell("MADV_MERGEABLE");
	set("/proc/self/clear_refs", "4");
	if (soft_dirty(p))
		cant_tell("soft-dirty bits that can be cleared");
	memset(p, 0x5a, PAGES * PAGE);
	before = soft_dirty(p);
	if (before < PAGES)
		cant_tell("needs CONFIG_MEM_SOFT_DIRTY");
	merge();
	after = soft_dirty(p);
	printf("soft-dirty after the write: %lu pages, once KSM has merged them: %lu\n", before, after);
	return after < before ? 1 : 0;
}
