// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <sys/mman.h>

#include "probe_ground.h"

long ground_scan(const struct region *r, size_t page, size_t pages, uint64_t mask, uint64_t ret, uint64_t flags)
{
	struct page_region vec[4];
	struct scan s = {
		.start = region_page(r, page),
		.len = pages * page_size(),
		.flags = flags,
		.mask = mask,
		.ret = ret,
		.vec = vec,
		.vec_len = 4,
	};
	int fd = pagemap_open(0);
	int got = fd < 0 ? fd : scan_once(fd, &s);
	long sum = 0;
	int i;

	for (i = 0; i < got; i++)
		sum += (vec[i].end - vec[i].start) / page_size();
	return got < 0 ? got : sum;
}

long ground_count(const struct region *r, size_t page, size_t pages, uint64_t mask)
{
	return ground_scan(r, page, pages, mask, mask, 0);
}

bool ground_is_huge(const struct region *r)
{
	return ground_count(r, 0, r->pages, PAGE_IS_PRESENT | PAGE_IS_HUGE) == (long)r->pages;
}

bool ground_make_base(struct region *r)
{
	size_t page;

	if (region_make(r, UNPOPULATED, 1) ||
	    (madvise(r->start, r->pages * page_size(), MADV_NOHUGEPAGE) && errno != EINVAL))
		return false;
	for (page = 0; page < PAGE; page++)
		*region_page(r, page) = 1;
	return true;
}

int ground_open(enum region_mode mode, struct uffd *u)
{
	uint64_t features = UFFD_FEATURE_PAGEFAULT_FLAG_WP;
	int err;

	if (mode == ASYNC)
		features |= UFFD_FEATURE_WP_ASYNC | UFFD_FEATURE_WP_UNPOPULATED;
	err = uffd_open(u, features, NULL);
	if (err == -EPERM || err == -EACCES || err == -ENOENT)
		err = uffd_open_user_mode(u, features);
	return err;
}

int ground_watch(struct region *r, enum region_mode mode, struct uffd *u)
{
	int err = ground_open(mode, u);

	if (!err)
		err = uffd_register(u, r->start, r->pages * page_size(), UFFDIO_REGISTER_MODE_WP, NULL);
	r->mode = mode;
	return err;
}

int ground_arm(struct region *r, enum region_mode mode, struct uffd *u)
{
	int err = ground_watch(r, mode, u);

	return err ? err : uffd_writeprotect(u, r->start, r->pages * page_size(), UFFDIO_WRITEPROTECT_MODE_WP);
}

const char *ground_written(long pages)
{
	return pages < 0 ? NONE : pages ? "written" : "unwritten";
}
