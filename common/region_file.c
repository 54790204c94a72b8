// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "region_file.h"
#include "region_impl.h"

/* One file for the whole region, each page at its own place in it. */
static int open_file(struct region *r)
{
	if (r->file >= 0)
		return 0;
	r->file = memfd_create("region", MFD_CLOEXEC);
	if (r->file < 0)
		return -errno;
	return ftruncate(r->file, r->pages * page_size()) ? -errno : 0;
}

int region_map_file(struct region *r, size_t first, size_t end)
{
	int err = open_file(r);

	if (err)
		return err;
	if (mmap(region_page(r, first), (end - first) * page_size(), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED,
		 r->file, first * page_size()) == MAP_FAILED)
		return -errno;
	return 0;
}

/* As region_make() maps, so that what is huge in the file can be huge here, too. */
int region_map_again(struct region *again, const struct region *r)
{
	int err = region_make_pages(again, UNPOPULATED, r->pages);

	if (err)
		return err;
	again->backing = r->backing;
	again->beyond = r->beyond;
	again->border = r->border;
	again->file = dup(r->file);
	if (again->file < 0)
		err = -errno;
	if (!err)
		err = region_map_file(again, 0, r->pages);
	if (err)
		region_free(again);
	return err;
}

int region_punch(const struct region *r, size_t first, size_t end)
{
	return fallocate(r->file, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, first * page_size(),
			 (end - first) * page_size()) ? -errno : 0;
}

int region_cut_file(const struct region *r, size_t first)
{
	if (ftruncate(r->file, first * page_size()) || ftruncate(r->file, r->pages * page_size()))
		return -errno;
	return 0;
}
