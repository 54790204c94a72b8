// SPDX-License-Identifier: GPL-2.0
/*
 * PAGEMAP_SCAN that finds more than 512 regions returns them all, with a walk_end that lies before the last ones: whoever goes on
 * from there, as the documentation says, gets those a second time.
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
#define PAGE_IS_PRESENT (1 << 3)
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

#define REGIONS 600UL

int main(void)
{
	/* Every other page is populated. */
	char *p = mmap(NULL, 2 * REGIONS * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	int uffd = open_uffd(UFFD_FEATURE_WP_ASYNC | UFFD_FEATURE_WP_UNPOPULATED);
	int pagemap = open("/proc/self/pagemap", O_RDONLY);
	static struct page_region vec[2048];
	struct pm_scan_arg arg = {
		.size = sizeof(arg), .start = (unsigned long)p, .end = (unsigned long)p + 2 * REGIONS * PAGE,
		.vec = (unsigned long)vec, .vec_len = 2048,
		.category_mask = PAGE_IS_PRESENT, .return_mask = PAGE_IS_PRESENT,
	};
	unsigned long i;
	long n;

	madvise(p, 2 * REGIONS * PAGE, MADV_NOHUGEPAGE);
	enlist(uffd, p, 2 * REGIONS * PAGE, UFFDIO_REGISTER_MODE_WP);
	for (i = 0; i < 2 * REGIONS; i += 2)
		p[i * PAGE] = 1;
	n = ioctl(pagemap, PAGEMAP_SCAN, &arg);
	if (n <= 0)
		cant_tell("PAGEMAP_SCAN");
	printf("%ld regions, the last one ends at page %llu; walk_end is page %llu\n", n,
	       (vec[n - 1].end - arg.start) / PAGE, (arg.walk_end - arg.start) / PAGE);
	return arg.walk_end < vec[n - 1].end ? 1 : 0;
}
