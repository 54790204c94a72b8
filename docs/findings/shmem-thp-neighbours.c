// SPDX-License-Identifier: GPL-2.0
/*
 * A huge page of shared memory that PAGEMAP_SCAN with PM_SCAN_WP_MATCHING has protected as a whole loses the protection of all its
 * pages when UFFDIO_WRITEPROTECT protects one of them: change_pmd_range() splits the PMD of a file by unmapping it
 * (__split_huge_pmd_locked()), and only the pages of the range get markers afterwards. All others read as written.
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
#define HUGE_SIZE (2UL << 20)

#ifndef UFFD_FEATURE_WP_ASYNC
#define UFFD_FEATURE_WP_UNPOPULATED (1 << 13)
#define UFFD_FEATURE_WP_ASYNC (1 << 15)
#endif

#ifndef MADV_COLLAPSE
#define MADV_COLLAPSE 25
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

/* The page's entry in pagemap: bit 57 says protected, 62 swapped, 63 present. */
static unsigned long entry_of(const char *page)
{
	unsigned long entry = 0;
	int fd = open("/proc/self/pagemap", O_RDONLY);

	if (pread(fd, &entry, sizeof(entry), (unsigned long)page / PAGE * sizeof(entry)) != sizeof(entry))
		cant_tell("/proc/self/pagemap");
	close(fd);
	return entry;
}

static int protect(int fd, char *start, unsigned long len, unsigned long mode)
{
	struct uffdio_writeprotect wp = { .range = { (unsigned long)start, len }, .mode = mode };

	return ioctl(fd, UFFDIO_WRITEPROTECT, &wp);
}

static unsigned long protected_pages(const char *p)
{
	unsigned long i, n = 0;

	for (i = 0; i < HUGE_SIZE / PAGE; i++)
		n += entry_of(p + i * PAGE) >> 57 & 1;
	return n;
}

/* Shared memory with one huge page, which needs no setting: shmem_enabled matters to faults only. */
static char *huge_page(void)
{
	char *room = mmap(NULL, 2 * HUGE_SIZE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	char *p = (char *)(((unsigned long)room + HUGE_SIZE - 1) & ~(HUGE_SIZE - 1));

	p = mmap(p, HUGE_SIZE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
	if (p == MAP_FAILED)
		cant_tell("mmap");
	memset(p, 0x5a, HUGE_SIZE);
	if (madvise(p, HUGE_SIZE, MADV_COLLAPSE))
		cant_tell("MADV_COLLAPSE");
	return p;
}

/* Get-and-protect of all that is written and huge. */
static void protect_huge(char *p)
{
	struct page_region vec[4];
	struct pm_scan_arg arg = {
		.size = sizeof(arg), .flags = PM_SCAN_WP_MATCHING, .start = (unsigned long)p,
		.end = (unsigned long)p + HUGE_SIZE, .vec = (unsigned long)vec, .vec_len = 4,
		.category_mask = PAGE_IS_WRITTEN | PAGE_IS_HUGE, .return_mask = PAGE_IS_WRITTEN,
	};
	int pagemap = open("/proc/self/pagemap", O_RDWR);

	if (ioctl(pagemap, PAGEMAP_SCAN, &arg) != 1)
		cant_tell("PAGEMAP_SCAN of a huge page");
	close(pagemap);
}

int main(void)
{
	int uffd = open_uffd(UFFD_FEATURE_WP_ASYNC | UFFD_FEATURE_WP_UNPOPULATED);
	unsigned long before, after;
	char *p = huge_page();

	enlist(uffd, p, HUGE_SIZE, UFFDIO_REGISTER_MODE_WP);
	protect_huge(p);
	before = protected_pages(p);
	if (protect(uffd, p + 5 * PAGE, PAGE, UFFDIO_WRITEPROTECT_MODE_WP))
		cant_tell("UFFDIO_WRITEPROTECT");
	after = protected_pages(p);
	printf("protected pages: %lu, after protecting one of them again: %lu\n", before, after);
	return after < before;
}
