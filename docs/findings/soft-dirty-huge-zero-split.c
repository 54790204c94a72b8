// SPDX-License-Identifier: GPL-2.0
/*
 * The split of a huge zero page forgets that its PMD was soft-dirty: pages that mremap() moved are soft-dirty, and are not any more once
 * one of them was mprotect()ed.
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
#define PMD (512 * PAGE)

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

/* @pmds PMDs of anonymous memory, aligned to a PMD, for transparent huge pages. */
static char *map_pmds(int pmds)
{
	char *p = mmap(NULL, (pmds + 1) * PMD, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (p == MAP_FAILED)
		cant_tell("mmap");
	p = (char *)(((unsigned long)p + PMD - 1) & ~(PMD - 1));
	madvise(p, pmds * PMD, MADV_HUGEPAGE);
	return p;
}

static int soft_dirty(const char *p)
{
	int n = 0, i;

	for (i = 0; i < 512; i++)
		n += entry_of(p + i * PAGE) >> 55 & 1;
	return n;
}

static void clear_refs(void)
{
	int fd = open("/proc/self/clear_refs", O_WRONLY);

	if (fd < 0 || write(fd, "4", 1) != 1)
		cant_tell("/proc/self/clear_refs");
	close(fd);
}

int main(void)
{
	char *p = map_pmds(1), *to = map_pmds(1);
	int before, after;

	madvise(p, PMD, MADV_POPULATE_READ);
	if (!(entry_of(p + PMD - PAGE) >> 63))
		cant_tell("no huge zero page here");
	munmap(to, PMD);
	clear_refs();
	if (soft_dirty(p))
		cant_tell("soft-dirty bits that can be cleared");
	if (mremap(p, PMD, PMD, MREMAP_MAYMOVE | MREMAP_FIXED, to) != to)
		cant_tell("mremap");
	before = soft_dirty(to);
	if (!before)
		cant_tell("needs CONFIG_MEM_SOFT_DIRTY");
	mprotect(to, PAGE, PROT_READ);
	after = soft_dirty(to);
	printf("soft-dirty after mremap: %d pages, after mprotect of one page: %d\n", before, after);
	return after < before ? 1 : 0;
}
