// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "../uffd/scan.h"
#include "host.h"
#include "hugetlb.h"
#include "region_impl.h"
#include "settings.h"
#include "undo.h"

#ifndef MAP_HUGE_SHIFT
#define MAP_HUGE_SHIFT 26
#endif

#define POOL "/sys/kernel/mm/hugepages/hugepages-%zukB/"
/* A test's region, and as much again for copies of it: a fork child's, an unshare fault's, the other memory node's. */
#define WANTED 8

static struct lack pool_lack;

/* The number behind @key in /proc/meminfo, bytes; 0 where there is none. */
static size_t meminfo(const char *key)
{
	char line[128];
	size_t kb = 0;
	FILE *f = fopen("/proc/meminfo", "re");

	while (f && fgets(line, sizeof(line), f))
		if (!strncmp(line, key, strlen(key)))
			kb = strtoul(line + strlen(key), NULL, 10);
	if (f)
		fclose(f);
	return kb * 1024;
}

size_t hugetlb_size(void)
{
	static size_t size;

	if (!size)
		size = meminfo("Hugepagesize:");
	return size;
}

size_t hugetlb_unit(void)
{
	return hugetlb_size() / page_size();
}

static size_t pool(size_t size, const char *what)
{
	char path[96], value[24];

	snprintf(path, sizeof(path), POOL "%s", size / 1024, what);
	return settings_get(path, value, sizeof(value)) ? 0 : strtoul(value, NULL, 10);
}

/* Free, and promised to nobody. */
static size_t pool_spare(size_t size)
{
	size_t spare = pool(size, "free_hugepages"), promised = pool(size, "resv_hugepages");

	return spare > promised ? spare - promised : 0;
}

/* By so many as we will take, for others may be about to take what is spare; and not at the machine's expense. */
static int enlarge(size_t size, size_t nr)
{
	char path[96], value[24];
	struct ledger l;
	int err;

	if (nr * size > meminfo("MemAvailable:") / 4)
		return -ENOMEM;
	err = ledger_lock(&l);
	if (err)
		return err;
	snprintf(path, sizeof(path), POOL "nr_hugepages", size / 1024);
	snprintf(value, sizeof(value), "%zu", pool(size, "nr_hugepages") + nr);
	err = settings_change(&l, path, value);
	ledger_unlock(&l);
	return err;
}

int hugetlb_need_size(size_t size, size_t nr, struct lack *lack)
{
	int err = enlarge(size, nr);

	/* The kernel makes as many as it can; and whoever may not ask for more may use what there is. */
	if (pool_spare(size) >= nr)
		return 0;
	if (err == -ENOENT)
		snprintf(lack->why, sizeof(lack->why), "no huge pages of %zu kB on this machine", size / 1024);
	else
		snprintf(lack->why, sizeof(lack->why), "no %zu free huge pages to be had%s%s: as root, free memory, echo %zu > " POOL "nr_hugepages",
			 nr, err ? ", " : "", err ? strerror(-err) : "", pool(size, "nr_hugepages") + nr, size / 1024);
	return err ?: -ENOMEM;
}

void hugetlb_prepare(void)
{
	if (!hugetlb_size())
		snprintf(pool_lack.why, sizeof(pool_lack.why), "no hugetlb: a kernel with CONFIG_HUGETLBFS");
	else
		hugetlb_need_size(hugetlb_size(), WANTED, &pool_lack);
}

/* What one table of entries of this size spans: beyond it is another one. */
static size_t table_span(size_t size)
{
	size_t span = pmd_size();

	while (span <= size)
		span *= page_size() / sizeof(uint64_t);
	return span;
}

static int map(struct region *r, size_t size, int sharing)
{
	size_t len = r->pages * page_size(), span = table_span(size);
	int flags = sharing | MAP_ANONYMOUS | MAP_HUGETLB | MAP_FIXED | __builtin_ctzl(size) << MAP_HUGE_SHIFT;
	char *at = mmap(NULL, 3 * span, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	uintptr_t border;

	if (at == MAP_FAILED)
		return -errno;
	r->map = at;
	r->map_len = 3 * span;
	border = ((uintptr_t)at + 2 * span - 1) & ~(span - 1);
	r->start = (char *)border - len / size / 2 * size;
	return mmap(r->start, len, PROT_READ | PROT_WRITE, flags, -1, 0) == MAP_FAILED ? -errno : 0;
}

static bool all_present(const struct region *r, bool present)
{
	uint64_t *entry = calloc(r->pages, sizeof(*entry));
	int fd = pagemap_open(0);
	bool all = entry && fd >= 0 && !pagemap_read(fd, r->start, r->pages, entry);
	size_t i;

	for (i = 0; all && i < r->pages; i++)
		all = !!(entry[i] & PAGEMAP_PRESENT) == present;
	if (fd >= 0)
		close(fd);
	free(entry);
	return all;
}

static bool proved(const struct region *r, bool present)
{
	struct view_smaps smaps;

	return all_present(r, present) && !host_smaps(r->start, r->pages * page_size(), &smaps) &&
	       smaps.hugetlb == (present ? r->pages * page_size() : 0);
}

int hugetlb_make(struct region *r, enum backing b, size_t pages, size_t size)
{
	int err;

	*r = (struct region) { .backing = b, .beyond = b, .border = pages, .pages = pages, .file = -1 };
	snprintf(r->why, sizeof(r->why), "%s", size == hugetlb_size() ? pool_lack.why : "");
	if (r->why[0])
		return -ENOTSUP;
	if (!size || !pages || pages * page_size() % size)
		return -EINVAL;
	r->unit = size / page_size();
	r->pmds = (pages + pmd_pages() - 1) / pmd_pages();
	err = map(r, size, b == HUGETLB_SHARED ? MAP_SHARED : MAP_PRIVATE);
	if (!err && b != HUGETLB_HOLES)
		region_fill(r, 0, pages);
	if (!err && !proved(r, b != HUGETLB_HOLES))
		err = -ENOTSUP;
	if (!err)
		return 0;
	snprintf(r->why, sizeof(r->why), "no %s to be had (%s): echo %d > /proc/sys/vm/nr_hugepages", backing_name(b),
		 strerror(-err), WANTED);
	region_free(r);
	return err;
}
