// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "../uffd/scan.h"
#include "../uffd/compiler.h"
#include "region.h"

#ifndef MADV_POPULATE_READ
#define MADV_POPULATE_READ 22
#define MADV_POPULATE_WRITE 23
#endif

#define THP_DIR "/sys/kernel/mm/transparent_hugepage/"

/* What each backing takes to make, and how the kernel must describe it then. */
static const struct recipe {
	const char *name;
	bool huge;		/* MADV_HUGEPAGE, else MADV_NOHUGEPAGE */
	bool read;		/* populated by reads */
	bool patterned;		/* populated by writes */
	bool split;		/* PMD split afterwards */
	uint64_t set;		/* categories that each page must have */
	uint64_t clear;		/* categories that none may have */
} recipes[BACKING_COUNT] = {
	[UNPOPULATED] = { "unpopulated", .huge = true,
		.clear = PAGE_IS_PRESENT | PAGE_IS_SWAPPED },
	[HUGE_ZERO] = { "huge-zero", .huge = true, .read = true,
		.set = PAGE_IS_PRESENT | PAGE_IS_HUGE | PAGE_IS_PFNZERO },
	[ZERO_PTES] = { "zero-ptes", .read = true,
		.set = PAGE_IS_PRESENT | PAGE_IS_PFNZERO, .clear = PAGE_IS_HUGE },
	[ANON_THP] = { "anon-thp", .huge = true, .patterned = true,
		.set = PAGE_IS_PRESENT | PAGE_IS_HUGE, .clear = PAGE_IS_PFNZERO | PAGE_IS_FILE },
	[PTE_THP] = { "pte-thp", .huge = true, .patterned = true, .split = true,
		.set = PAGE_IS_PRESENT, .clear = PAGE_IS_PFNZERO | PAGE_IS_FILE | PAGE_IS_HUGE },
	[BASE_PAGES] = { "base-pages", .patterned = true,
		.set = PAGE_IS_PRESENT, .clear = PAGE_IS_PFNZERO | PAGE_IS_FILE | PAGE_IS_HUGE },
};

size_t page_size(void)
{
	return sysconf(_SC_PAGESIZE);
}

size_t pmd_size(void)
{
	static size_t size;
	char text[32] = "";
	FILE *f;

	if (size)
		return size;
	f = fopen(THP_DIR "hpage_pmd_size", "re");
	if (f && fgets(text, sizeof(text), f))
		size = strtoul(text, NULL, 10);
	if (f)
		fclose(f);
	/* A page table is one page of 8-byte entries wherever this suite builds. */
	if (!size)
		size = page_size() * (page_size() / 8);
	return size;
}

size_t pmd_pages(void)
{
	return pmd_size() / page_size();
}

const char *backing_name(enum backing b)
{
	return recipes[b].name;
}

char *region_page(const struct region *r, size_t page)
{
	return r->start + page * page_size();
}

uint8_t region_pattern(const struct region *r, size_t page)
{
	/* Never zero, and different on neighbours and across PMDs. */
	return recipes[r->backing].patterned ? 1 + (page * 7 + page / 251) % 251 : 0;
}

static void fill(struct region *r)
{
	size_t page;

	for (page = 0; page < r->pages; page++) {
		char *at = region_page(r, page);

		memset(at, region_pattern(r, page), sizeof(uint64_t));
		memset(at + page_size() - sizeof(uint64_t), region_pattern(r, page),
		       sizeof(uint64_t));
	}
}

/* Reads one byte a PMD, or every page: what the first read maps is the backing. */
static void touch_by_read(struct region *r, size_t step)
{
	size_t page;

	for (page = 0; page < r->pages; page += step)
		(void)READ_ONCE(*region_page(r, page));
}

/* A mapping of the region between two inaccessible PMDs, aligned. */
static int map_region(struct region *r)
{
	size_t len = (r->pmds + 3) * pmd_size();
	char *map = mmap(NULL, len, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	uintptr_t start;

	if (map == MAP_FAILED)
		return -errno;
	start = ((uintptr_t)map + 2 * pmd_size() - 1) & ~(pmd_size() - 1);
	r->map = map;
	r->map_len = len;
	r->start = (char *)start;
	if (mprotect(r->start, r->pages * page_size(), PROT_READ | PROT_WRITE))
		return -errno;
	return 0;
}

/* Write-protecting one page with mprotect splits the PMD and leaves the folio whole. */
static int split_pmds(struct region *r)
{
	size_t pmd;

	for (pmd = 0; pmd < r->pmds; pmd++) {
		char *at = region_page(r, pmd * pmd_pages());

		if (mprotect(at, page_size(), PROT_READ) ||
		    mprotect(at, page_size(), PROT_READ | PROT_WRITE))
			return -errno;
	}
	return 0;
}

static int populate(struct region *r, const struct recipe *how)
{
	size_t len = r->pages * page_size();

	/* EINVAL: a kernel without THP; the proof tells whether that matters. */
	if (madvise(r->start, len, how->huge ? MADV_HUGEPAGE : MADV_NOHUGEPAGE) && errno != EINVAL)
		return -errno;
	if (how->read && !how->huge && madvise(r->start, len, MADV_POPULATE_READ))
		touch_by_read(r, 1);
	if (how->read && how->huge)
		touch_by_read(r, pmd_pages());
	/* One call instead of a fault a page, where the kernel has it. */
	if (how->patterned && !how->huge)
		madvise(r->start, len, MADV_POPULATE_WRITE);
	if (how->patterned)
		fill(r);
	return how->split ? split_pmds(r) : 0;
}

static void count_pages(const struct page_region *region, void *arg)
{
	*(size_t *)arg += (region->end - region->start) / page_size();
}

/* Base pages that match, or a negative errno. */
static ssize_t count_matching(const struct region *r, const struct recipe *how)
{
	struct scan s = {
		.start = r->start,
		.len = r->pages * page_size(),
		.inverted = how->clear,
		.mask = how->set | how->clear,
		.ret = how->set | how->clear,
	};
	size_t pages = 0;
	int fd = pagemap_open(0);
	int err;

	if (fd < 0)
		return fd;
	err = scan_all(fd, &s, count_pages, &pages);
	close(fd);
	return err ? err : (ssize_t)pages;
}

/* Without PAGEMAP_SCAN, pagemap alone proves what can't be huge: base pages and nothing at all. */
static bool proved_by_pagemap(const struct region *r, enum backing b)
{
	uint64_t entry[r->pages];
	int fd = pagemap_open(0);
	bool fits = fd >= 0 && (b == BASE_PAGES || b == UNPOPULATED) &&
		    !pagemap_read(fd, r->start, r->pages, entry);
	size_t i;

	for (i = 0; fits && i < r->pages; i++)
		fits = !!(entry[i] & PAGEMAP_PRESENT) == (b == BASE_PAGES);
	if (fd >= 0)
		close(fd);
	return fits;
}

bool region_is(const struct region *r, enum backing b)
{
	ssize_t pages = count_matching(r, &recipes[b]);

	if (pages == -ENOTTY || pages == -EINVAL)
		return proved_by_pagemap(r, b);
	return pages == (ssize_t)r->pages;
}

static void first_line(const char *path, char *text, size_t len)
{
	FILE *f = fopen(path, "re");

	snprintf(text, len, "absent");
	if (f && fgets(text, len, f))
		text[strcspn(text, "\n")] = '\0';
	if (f)
		fclose(f);
}

static void explain(struct region *r, enum backing b)
{
	char enabled[64], zero[64];

	first_line(THP_DIR "enabled", enabled, sizeof(enabled));
	first_line(THP_DIR "use_zero_page", zero, sizeof(zero));
	if (count_matching(r, &recipes[b]) == -ENOTTY)
		snprintf(r->why, sizeof(r->why), "no proof of %s: this kernel has no PAGEMAP_SCAN (Linux 6.7)", recipes[b].name);
	else if (!recipes[b].huge)
		snprintf(r->why, sizeof(r->why), "no %s to be had: /proc/self/pagemap tells otherwise", recipes[b].name);
	else if (strstr(enabled, "[never]") || !strcmp(enabled, "absent"))
		snprintf(r->why, sizeof(r->why), "no %s to be had: echo madvise > " THP_DIR "enabled", recipes[b].name);
	else if (b == HUGE_ZERO && strcmp(zero, "1"))
		snprintf(r->why, sizeof(r->why), "no huge-zero to be had: echo 1 > " THP_DIR "use_zero_page");
	else
		snprintf(r->why, sizeof(r->why), "no %s to be had: free memory may be fragmented (echo 1 > /proc/sys/vm/compact_memory)", recipes[b].name);
}

int region_make(struct region *r, enum backing b, size_t pmds)
{
	return region_make_pages(r, b, pmds * pmd_pages());
}

int region_make_pages(struct region *r, enum backing b, size_t pages)
{
	int err;

	memset(r, 0, sizeof(*r));
	if (b >= BACKING_COUNT || !pages || (recipes[b].huge && pages % pmd_pages()))
		return -EINVAL;
	r->backing = b;
	r->pmds = (pages + pmd_pages() - 1) / pmd_pages();
	r->pages = pages;
	err = map_region(r);
	if (!err)
		err = populate(r, &recipes[b]);
	if (err) {
		snprintf(r->why, sizeof(r->why), "no %s to be had: %s", recipes[b].name, strerror(-err));
		region_free(r);
		return err;
	}
	if (region_is(r, b))
		return 0;
	explain(r, b);
	region_free(r);
	return -ENOTSUP;
}

void region_free(struct region *r)
{
	if (r->map && r->map != MAP_FAILED)
		munmap(r->map, r->map_len);
	r->map = NULL;
}

/* Applies the changes that fall into the word at @at to its expected value. */
static uint64_t expected_word(size_t at, uint8_t pattern,
			      const struct change *changed, size_t n)
{
	uint8_t byte[sizeof(uint64_t)];
	uint64_t word;
	size_t i;

	memset(byte, pattern, sizeof(byte));
	for (i = 0; i < n; i++)
		if (changed[i].at >= at && changed[i].at < at + sizeof(byte))
			byte[changed[i].at - at] = changed[i].value;
	memcpy(&word, byte, sizeof(word));
	return word;
}

/* Between the first and the last word set-up left zero; a change there is found by the slow way. */
static bool middle_fits(const struct region *r, size_t page, const struct change *changed, size_t n)
{
	const uint64_t *word = (const uint64_t *)region_page(r, page);
	size_t last = page_size() / sizeof(*word) - 1, at = page * page_size(), i;

	for (i = 1; i < last; i++)
		if (word[i] && word[i] != expected_word(at + i * sizeof(*word), 0, changed, n))
			return false;
	/* A change that should be there and reads zero. */
	for (i = 0; i < n; i++)
		if (changed[i].at / page_size() == page && *(uint8_t *)(r->start + changed[i].at) != changed[i].value)
			return false;
	return true;
}

static bool edges_fit(const struct region *r, size_t page, const struct change *changed, size_t n)
{
	const uint64_t *word = (const uint64_t *)region_page(r, page);
	size_t last = page_size() / sizeof(*word) - 1, at = page * page_size();
	uint8_t pattern = region_pattern(r, page);

	return word[0] == expected_word(at, pattern, changed, n) &&
	       word[last] == expected_word(at + last * sizeof(*word), pattern, changed, n);
}

static ssize_t check(const struct region *r, bool all, const struct change *changed, size_t n)
{
	size_t page;

	for (page = 0; page < r->pages; page++)
		if (!edges_fit(r, page, changed, n) || (all && !middle_fits(r, page, changed, n)))
			return page;
	return -1;
}

ssize_t region_check(const struct region *r, const struct change *changed, size_t n)
{
	return check(r, false, changed, n);
}

ssize_t region_check_all(const struct region *r, const struct change *changed, size_t n)
{
	return check(r, true, changed, n);
}
