// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <sys/mman.h>

#include "reshape.h"

static size_t bytes(size_t first, size_t end)
{
	return (end - first) * page_size();
}

int region_advise(const struct region *r, size_t first, size_t end, int advice)
{
	return madvise(region_page(r, first), bytes(first, end), advice) ? -errno : 0;
}

int region_lock_and_unlock(const struct region *r, size_t first, size_t end)
{
	char *at = region_page(r, first);
	size_t len = bytes(first, end);

	if (mprotect(at, len, PROT_READ) || mprotect(at, len, PROT_READ | PROT_WRITE))
		return -errno;
	return 0;
}

int region_split_vma(const struct region *r, size_t at)
{
	return region_advise(r, at, r->pages, MADV_DONTDUMP);
}

int region_cut(struct region *r, size_t first)
{
	if (munmap(region_page(r, first), bytes(first, r->pages)))
		return -errno;
	r->pages = first;
	return 0;
}
