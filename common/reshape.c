// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

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

int region_allow(const struct region *r, size_t first, size_t end, int prot)
{
	return mprotect(region_page(r, first), bytes(first, end), prot) ? -errno : 0;
}

int region_move(struct region *r, size_t first, struct region *to)
{
	char *old = region_page(r, first);
	size_t len = bytes(first, r->pages);
	struct region left = *r;

	if (mremap(old, len, len, MREMAP_MAYMOVE | MREMAP_FIXED, region_page(to, first)) == MAP_FAILED)
		return -errno;
	r->start = region_page(to, first);
	r->pages -= first;
	r->map = to->map;
	r->map_len = to->map_len;
	*to = left;
	to->pages = first;
	to->file = -1;
	/* Nothing else may come to lie where region_free() will unmap; where another thread was faster, it mustn't. */
	if (mmap(old, len, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0) == MAP_FAILED)
		to->map = NULL;
	return 0;
}

int region_split_vma(const struct region *r, size_t at)
{
	return region_advise(r, at, r->pages, MADV_DONTDUMP);
}

int region_map_path(const struct region *r, const char *path, int how)
{
	int fd = open(path, O_RDWR | O_CLOEXEC), err = 0;

	if (fd < 0)
		return -errno;
	if (mmap(r->start, r->pages * page_size(), PROT_READ | PROT_WRITE, how | MAP_FIXED, fd, 0) == MAP_FAILED)
		err = -errno;
	close(fd);
	return err;
}

int region_cut(struct region *r, size_t first)
{
	if (munmap(region_page(r, first), bytes(first, r->pages)))
		return -errno;
	r->pages = first;
	return 0;
}

char *map_readonly_file(size_t len)
{
	char path[32], *map = MAP_FAILED;
	int fd = memfd_create("readonly", MFD_CLOEXEC), again;

	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	again = fd < 0 || ftruncate(fd, len) ? -1 : open(path, O_RDONLY | O_CLOEXEC);
	if (again >= 0) {
		map = mmap(NULL, len, PROT_READ, MAP_SHARED, again, 0);
		close(again);
	}
	if (fd >= 0)
		close(fd);
	return map == MAP_FAILED ? NULL : map;
}
