// SPDX-License-Identifier: GPL-2.0
/*
 * PAGEMAP_SCAN with PM_SCAN_WP_MATCHING that protects a part of a huge PMD returns it as a region of its own, though the region before
 * ends there with the same categories.
 *
 * Exit: 0 the kernel keeps its promise, 1 it does not, 4 nothing can be said here.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <linux/userfaultfd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#define PAGE 4096UL
#define PMD (512 * PAGE)

#ifndef UFFD_FEATURE_WP_ASYNC
#define UFFD_FEATURE_WP_UNPOPULATED (1 << 13)
#define UFFD_FEATURE_WP_ASYNC (1 << 15)
#endif

/* Linux 6.7 has this in linux/fs.h. */
#ifndef PAGEMAP_SCAN
struct page_region {
	__u64 start, end, categories;
};

struct pm_scan_arg {
	__u64 size, flags, start, end, walk_end, vec, vec_len, max_pages;
	__u64 category_inverted, category_mask, category_anyof_mask, return_mask;
};

#define PAGEMAP_SCAN _IOWR('f', 16, struct pm_scan_arg)
#define PAGE_IS_WRITTEN (1 << 1)
#define PAGE_IS_PFNZERO (1 << 5)
#define PAGE_IS_HUGE (1 << 6)
#define PM_SCAN_WP_MATCHING (1 << 0)
#endif

/* Nothing can be said about the kernel: exit 4. */
static void cant_tell(const char *what)
{
	printf("can't tell: %s%s%s\n", what, errno ? ": " : "", errno ? strerror(errno) : "");
	exit(4);
}

static int open_uffd(unsigned long features)
{
	struct uffdio_api api = { .api = UFFD_API, .features = features };
	int fd = syscall(__NR_userfaultfd, O_CLOEXEC | O_NONBLOCK);

	if (fd < 0 || ioctl(fd, UFFDIO_API, &api))
		cant_tell("userfaultfd with the features needed");
	return fd;
}

static void enlist(int fd, char *start, unsigned long len, unsigned long mode)
{
	struct uffdio_register reg = { .range = { (unsigned long)start, len }, .mode = mode };

	if (ioctl(fd, UFFDIO_REGISTER, &reg))
		cant_tell("UFFDIO_REGISTER");
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

#define TAIL 100UL

/* 512 zero pages, mapped one by one, and behind them the huge zero page. */
static char *map_zeroes(void)
{
	char *p = map_pmds(2);

	madvise(p, 2 * PMD, MADV_NOHUGEPAGE);
	madvise(p, PMD, MADV_POPULATE_READ);
	madvise(p, 2 * PMD, MADV_HUGEPAGE);
	madvise(p + PMD, PMD, MADV_POPULATE_READ);
	return p;
}

int main(void)
{
	char *p = map_zeroes();
	int uffd = open_uffd(UFFD_FEATURE_WP_ASYNC | UFFD_FEATURE_WP_UNPOPULATED);
	int pagemap = open("/proc/self/pagemap", O_RDWR);
	struct page_region vec[16];
	struct pm_scan_arg arg = {
		.size = sizeof(arg), .flags = PM_SCAN_WP_MATCHING, .start = (unsigned long)p,
		.end = (unsigned long)p + PMD + TAIL * PAGE, .vec = (unsigned long)vec, .vec_len = 16,
		.category_mask = PAGE_IS_WRITTEN,
		.return_mask = PAGE_IS_WRITTEN | PAGE_IS_PFNZERO | PAGE_IS_HUGE,
	};
	long n, i;

	enlist(uffd, p, 2 * PMD, UFFDIO_REGISTER_MODE_WP);
	n = ioctl(pagemap, PAGEMAP_SCAN, &arg);
	if (n <= 0)
		cant_tell("PAGEMAP_SCAN");
	for (i = 0; i < n; i++)
		printf("[%llu..%llu) categories 0x%llx\n", (vec[i].start - arg.start) / PAGE,
		       (vec[i].end - arg.start) / PAGE, vec[i].categories);
	for (i = 1; i < n; i++)
		if (vec[i].start == vec[i - 1].end && vec[i].categories == vec[i - 1].categories)
			return 1;
	return 0;
}
