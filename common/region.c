// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "hugetlb.h"
#include "region_impl.h"

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
	return region_recipe(b)->name;
}

bool backing_is_file(enum backing b)
{
	return region_recipe(b)->shared;
}

enum backing region_backing(const struct region *r, size_t page)
{
	return page < r->border ? r->backing : r->beyond;
}

char *region_page(const struct region *r, size_t page)
{
	return r->start + page * page_size();
}

struct region region_part(const struct region *r, size_t first, size_t end)
{
	struct region part = *r;

	part.start = region_page(r, first);
	part.pages = end - first;
	return part;
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

/* One backing in its pages, proved. */
static int lay(struct region *r, enum backing b, size_t first, size_t end)
{
	struct region part;
	int err = 0;

	if (first == end)
		return 0;
	if (region_recipe(b)->shared)
		err = region_map_file(r, first, end);
	if (!err)
		err = region_populate(r, b, first, end);
	if (err) {
		snprintf(r->why, sizeof(r->why), "no %s to be had: %s", backing_name(b), strerror(-err));
		return err;
	}
	part = region_part(r, first, end);
	if (region_is(&part, b))
		return 0;
	region_explain(r, b);
	return -ENOTSUP;
}

static bool fits(enum backing b, size_t pages)
{
	return b < BACKING_COUNT && !region_recipe(b)->pool && (!region_recipe(b)->whole || pages % pmd_pages() == 0);
}

/* Maps and populates what is filled in. */
static int make(struct region *r)
{
	int err;

	r->file = -1;
	r->pmds = (r->pages + pmd_pages() - 1) / pmd_pages();
	if (!r->pages || !fits(r->backing, r->border) || !fits(r->beyond, r->pages - r->border))
		return -EINVAL;
	err = map_region(r);
	if (err)
		snprintf(r->why, sizeof(r->why), "no memory to map: %s", strerror(-err));
	if (!err)
		err = lay(r, r->backing, 0, r->border);
	if (!err)
		err = lay(r, r->beyond, r->border, r->pages);
	if (err)
		region_free(r);
	return err;
}

int region_make(struct region *r, enum backing b, size_t pmds)
{
	return region_make_pages(r, b, pmds * pmd_pages());
}

int region_make_pages(struct region *r, enum backing b, size_t pages)
{
	if (b < BACKING_COUNT && region_recipe(b)->pool)
		return hugetlb_make(r, b, pages, hugetlb_size());
	*r = (struct region) { .backing = b, .beyond = b, .border = pages, .pages = pages };
	return make(r);
}

int region_make_two(struct region *r, enum backing b, enum backing beyond)
{
	*r = (struct region) { .backing = b, .beyond = beyond, .border = pmd_pages(), .pages = 2 * pmd_pages() };
	return make(r);
}

void region_free(struct region *r)
{
	if (!r->map || r->map == MAP_FAILED)
		return;
	munmap(r->map, r->map_len);
	r->map = NULL;
	if (r->file >= 0)
		close(r->file);
	r->file = -1;
}
