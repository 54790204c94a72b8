// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <sys/mman.h>

#include "../uffd/compiler.h"
#include "region_impl.h"

static const struct recipe recipes[BACKING_COUNT] = {
	[UNPOPULATED] = { "unpopulated", .huge = true,
		.clear = PAGE_IS_PRESENT | PAGE_IS_SWAPPED },
	[HUGE_ZERO] = { "huge-zero", .whole = true, .huge = true, .read = true,
		.set = PAGE_IS_PRESENT | PAGE_IS_HUGE | PAGE_IS_PFNZERO },
	[ZERO_PTES] = { "zero-ptes", .read = true,
		.set = PAGE_IS_PRESENT | PAGE_IS_PFNZERO, .clear = PAGE_IS_HUGE },
	[ANON_THP] = { "anon-thp", .whole = true, .huge = true, .patterned = true,
		.set = PAGE_IS_PRESENT | PAGE_IS_HUGE, .clear = PAGE_IS_PFNZERO | PAGE_IS_FILE },
	[PTE_THP] = { "pte-thp", .whole = true, .huge = true, .patterned = true, .split = true,
		.set = PAGE_IS_PRESENT, .clear = PAGE_IS_PFNZERO | PAGE_IS_FILE | PAGE_IS_HUGE },
	[BASE_PAGES] = { "base-pages", .patterned = true,
		.set = PAGE_IS_PRESENT, .clear = PAGE_IS_PFNZERO | PAGE_IS_FILE | PAGE_IS_HUGE },
	[MTHP] = { "small huge pages", .huge = true, .patterned = true,
		.set = PAGE_IS_PRESENT, .clear = PAGE_IS_PFNZERO | PAGE_IS_FILE | PAGE_IS_HUGE },
	[SHMEM] = { "shmem", .shared = true, .patterned = true,
		.set = PAGE_IS_PRESENT | PAGE_IS_FILE, .clear = PAGE_IS_PFNZERO | PAGE_IS_HUGE },
	[SHMEM_CACHED] = { "shmem in the page cache", .shared = true, .patterned = true, .dropped = true,
		.clear = PAGE_IS_PRESENT | PAGE_IS_SWAPPED },
	[SHMEM_THP] = { "shmem-thp", .whole = true, .huge = true, .shared = true, .patterned = true, .collapsed = true,
		.set = PAGE_IS_PRESENT | PAGE_IS_FILE | PAGE_IS_HUGE, .clear = PAGE_IS_PFNZERO },
	[HUGETLB] = { "hugetlb", .pool = true, .patterned = true },
	[HUGETLB_HOLES] = { "hugetlb-holes", .pool = true },
	[HUGETLB_SHARED] = { "hugetlb-shared", .pool = true, .shared = true, .patterned = true },
};

const struct recipe *region_recipe(enum backing b)
{
	return &recipes[b];
}

/* Reads one byte a PMD, or every page: what the first read maps is the backing. */
static void touch_by_read(const struct region *part, size_t step)
{
	size_t page;

	for (page = 0; page < part->pages; page += step)
		(void)READ_ONCE(*region_page(part, page));
}

/* Write-protecting one page with mprotect splits the PMD and leaves the folio whole. */
static int split_pmds(const struct region *part)
{
	size_t page;

	for (page = 0; page < part->pages; page += pmd_pages()) {
		char *at = region_page(part, page);

		if (mprotect(at, page_size(), PROT_READ) ||
		    mprotect(at, page_size(), PROT_READ | PROT_WRITE))
			return -errno;
	}
	return 0;
}

/*
 * Huge pages of a file, whatever shmem_enabled says but 'deny'; the kernel has them where there is a page already.
 * madvise(2): EAGAIN is a page that could not be had just then.
 */
static int collapse(const struct region *part)
{
	int tries = 1000;
	size_t page;

	for (page = 0; page < part->pages; page += pmd_pages())
		*region_page(part, page) = 1;
	while (madvise(part->start, part->pages * page_size(), MADV_COLLAPSE))
		if (errno != EAGAIN || !tries--)
			return -errno;
	return 0;
}

int region_populate(struct region *r, enum backing b, size_t first, size_t end)
{
	struct region part = region_part(r, first, end);
	const struct recipe *how = &recipes[b];
	size_t len = part.pages * page_size();
	int err = 0;

	/* EINVAL: a kernel without THP; the proof tells whether that matters. */
	if (madvise(part.start, len, how->huge ? MADV_HUGEPAGE : MADV_NOHUGEPAGE) && errno != EINVAL)
		return -errno;
	if (how->read && !how->huge && madvise(part.start, len, MADV_POPULATE_READ))
		touch_by_read(&part, 1);
	if (how->read && how->huge)
		touch_by_read(&part, pmd_pages());
	/* One call instead of a fault a page, where the kernel has it. */
	if (how->patterned && !how->huge)
		madvise(part.start, len, MADV_POPULATE_WRITE);
	if (how->collapsed)
		err = collapse(&part);
	if (how->patterned && !err)
		region_fill(r, first, end);
	if (how->split && !err)
		err = split_pmds(&part);
	if (how->dropped && madvise(part.start, len, MADV_DONTNEED))
		err = -errno;
	return err;
}
