// SPDX-License-Identifier: GPL-2.0
/*
 * PAGEMAP_SCAN with PM_SCAN_WP_MATCHING marks the entries of pages that are just being migrated, and leaves them writable: the pages
 * come back unprotected. UFFDIO_WRITEPROTECT makes such entries read-only.
 *
 * Needs two memory nodes (numa=fake=2) and libpthread.
 *
 * Exit: 0 the kernel keeps its promise, 1 it does not, 4 nothing can be said here.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <linux/userfaultfd.h>
#include <pthread.h>
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

static int protect(int fd, char *start, unsigned long len, unsigned long mode)
{
	struct uffdio_writeprotect wp = { .range = { (unsigned long)start, len }, .mode = mode };

	return ioctl(fd, UFFDIO_WRITEPROTECT, &wp);
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

#define PAGES 512UL
#define ROUNDS 200

static char *area;
static int done;

static void *migrate(void *node)
{
	static void *page[PAGES];
	static int nodes[PAGES], status[PAGES];
	unsigned long i;

	for (i = 0; i < PAGES; i++) {
		page[i] = area + i * PAGE;
		nodes[i] = *(int *)node;
	}
	syscall(__NR_move_pages, 0, PAGES, page, nodes, status, 2 /* MPOL_MF_MOVE */);
	__atomic_store_n(&done, 1, __ATOMIC_RELEASE);
	return (void *)(long)(status[0] == *(int *)node);
}

static unsigned long unprotected(void)
{
	unsigned long i, n = 0;

	for (i = 0; i < PAGES; i++)
		n += !(entry_of(area + i * PAGE) >> 57 & 1);
	return n;
}

/* Un-protects all, and protects all while they are on their way. How many aren't in the end? Nobody writes. */
static unsigned long round_of(int uffd, int pagemap, int node)
{
	struct pm_scan_arg arg = {
		.size = sizeof(arg), .flags = PM_SCAN_WP_MATCHING, .start = (unsigned long)area,
		.end = (unsigned long)area + PAGES * PAGE, .category_mask = PAGE_IS_WRITTEN,
	};
	pthread_t mover;
	void *moved;

	protect(uffd, area, PAGES * PAGE, 0);
	done = 0;
	pthread_create(&mover, NULL, migrate, &node);
	/* To pagemap a page that is being migrated looks swapped. */
	while (!__atomic_load_n(&done, __ATOMIC_ACQUIRE) && !(entry_of(area + PAGES / 2 * PAGE) >> 62 & 1))
		;
	if (ioctl(pagemap, PAGEMAP_SCAN, &arg) < 0)
		cant_tell("PAGEMAP_SCAN");
	pthread_join(mover, &moved);
	if (!moved)
		cant_tell("move_pages: needs two memory nodes");
	return unprotected();
}

int main(void)
{
	int uffd = open_uffd(UFFD_FEATURE_WP_ASYNC | UFFD_FEATURE_WP_UNPOPULATED);
	int pagemap = open("/proc/self/pagemap", O_RDWR), i;
	unsigned long lost = 0;

	area = mmap(NULL, PAGES * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	madvise(area, PAGES * PAGE, MADV_NOHUGEPAGE);
	memset(area, 0x5a, PAGES * PAGE);
	enlist(uffd, area, PAGES * PAGE, UFFDIO_REGISTER_MODE_WP);
	for (i = 0; i < ROUNDS; i++)
		lost += round_of(uffd, pagemap, i & 1);
	printf("%d rounds: %lu pages were protected, written to by nobody, and are not protected\n", ROUNDS, lost);
	return lost ? 1 : 0;
}
