// SPDX-License-Identifier: GPL-2.0
/*
 * PAGEMAP_SCAN with PM_SCAN_CHECK_WPASYNC ends with EPERM where async write protection doesn't apply, having protected the matches
 * before that place; it neither counts nor returns them, and walk_end says that the whole range was done. Their writes are forgotten.
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
#define PM_SCAN_WP_MATCHING (1 << 0)
#define PM_SCAN_CHECK_WPASYNC (1 << 1)
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

#define PAGES 16UL

int main(void)
{
	/* The first half is registered, the second is not. */
	char *p = mmap(NULL, 2 * PAGES * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	int uffd = open_uffd(UFFD_FEATURE_WP_ASYNC | UFFD_FEATURE_WP_UNPOPULATED);
	int pagemap = open("/proc/self/pagemap", O_RDWR);
	struct page_region vec[PAGES] = { 0 };
	struct pm_scan_arg arg = {
		.size = sizeof(arg), .flags = PM_SCAN_WP_MATCHING | PM_SCAN_CHECK_WPASYNC, .start = (unsigned long)p,
		.end = (unsigned long)p + 2 * PAGES * PAGE, .vec = (unsigned long)vec, .vec_len = PAGES,
		.category_mask = PAGE_IS_WRITTEN, .return_mask = PAGE_IS_WRITTEN,
	};
	unsigned long i, forgotten = 0;
	long result;

	madvise(p, 2 * PAGES * PAGE, MADV_NOHUGEPAGE);
	enlist(uffd, p, PAGES * PAGE, UFFDIO_REGISTER_MODE_WP);
	memset(p, 0x5a, PAGES * PAGE);
	result = ioctl(pagemap, PAGEMAP_SCAN, &arg);
	if (result >= 0 || errno != EPERM)
		cant_tell("PAGEMAP_SCAN that ends with EPERM");
	for (i = 0; i < PAGES; i++)
		forgotten += entry_of(p + i * PAGE) >> 57 & 1;
	printf("EPERM; walk_end at page %llu of %lu, first region returned: %llu pages\n",
	       (arg.walk_end - arg.start) / PAGE, 2 * PAGES, (vec[0].end - vec[0].start) / PAGE);
	printf("written pages that are protected now, told to nobody: %lu\n", forgotten);
	return forgotten && arg.walk_end == arg.end ? 1 : 0;
}
