// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "mthp.h"
#include "region_impl.h"
#include "settings.h"

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

/* Without PAGEMAP_SCAN, pagemap alone proves what can't be huge or zero: pages written to one by one, and nothing at all. */
static bool proved_by_pagemap(const struct region *r, const struct recipe *how)
{
	uint64_t file = how->set & PAGE_IS_FILE ? PAGEMAP_FILE : 0;
	uint64_t wanted = how->set ? PAGEMAP_PRESENT | file : 0;
	bool fits = !how->huge && !how->read;
	uint64_t entry[r->pages];
	int fd = pagemap_open(0);
	size_t i;

	if (!how->set)
		fits = true;
	if (fd < 0 || pagemap_read(fd, r->start, r->pages, entry))
		fits = false;
	for (i = 0; fits && i < r->pages; i++)
		fits = (entry[i] & (PAGEMAP_PRESENT | PAGEMAP_FILE)) == wanted;
	if (fd >= 0)
		close(fd);
	return fits;
}

bool region_is(const struct region *r, enum backing b)
{
	const struct recipe *how = region_recipe(b);
	ssize_t pages = count_matching(r, how);

	if (pages == -ENOTTY || pages == -EINVAL)
		return proved_by_pagemap(r, how);
	return pages == (ssize_t)r->pages && (b != MTHP || mthp_proved(r));
}

static void lacks(struct region *r, enum backing b, const char *knob)
{
	snprintf(r->why, sizeof(r->why), "no %s to be had: %s", backing_name(b), knob);
}

static bool is_never(const char *value, int err)
{
	return err || !strcmp(value, "never");
}

void region_explain(struct region *r, enum backing b)
{
	const struct recipe *how = region_recipe(b);
	char enabled[64], zero[64];
	int no_thp = settings_get(THP_DIR "enabled", enabled, sizeof(enabled));
	int no_zero = settings_get(THP_DIR "use_zero_page", zero, sizeof(zero));

	if (count_matching(r, how) == -ENOTTY)
		snprintf(r->why, sizeof(r->why), "no proof of %s: this kernel has no PAGEMAP_SCAN (Linux 6.7)", how->name);
	else if (!how->huge)
		lacks(r, b, "/proc/self/pagemap tells otherwise");
	else if (is_never(enabled, no_thp))
		lacks(r, b, "echo madvise > " THP_DIR "enabled");
	else if (b == HUGE_ZERO && (no_zero || strcmp(zero, "1")))
		lacks(r, b, "echo 1 > " THP_DIR "use_zero_page");
	else
		lacks(r, b, "free memory may be fragmented (echo 1 > /proc/sys/vm/compact_memory)");
}
