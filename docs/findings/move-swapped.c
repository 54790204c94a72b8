// SPDX-License-Identifier: GPL-2.0
/*
 * UFFDIO_MOVE takes the uffd-wp bit of a swapped page along: what was moved into memory that is tracked by
 * UFFD_FEATURE_WP_ASYNC is not reported as written. A page in memory arrives without the bit.
 *
 * Needs a swap area.
 *
 * Exit: 0 the kernel keeps its promise, 1 it does not, 4 nothing can be said here.
 */
#include <errno.h>
#include <fcntl.h>
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

/* Linux 6.8 has this in linux/userfaultfd.h. */
#ifndef UFFDIO_MOVE
struct uffdio_move {
	__u64 dst, src, len, mode;
	__s64 move;
};

#define UFFDIO_MOVE _IOWR(UFFDIO, 0x05, struct uffdio_move)
#define UFFDIO_MOVE_MODE_ALLOW_SRC_HOLES ((__u64)1 << 1)
#define UFFD_FEATURE_MOVE (1 << 16)
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

static char *map_page(void)
{
	char *p = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	madvise(p, PAGE, MADV_NOHUGEPAGE);
	return p;
}

static void swap_out(char *p)
{
	int tries = 1000;

	do {
		madvise(p, PAGE, MADV_PAGEOUT);
	} while (!(entry_of(p) >> 62 & 1) && tries--);
	if (!(entry_of(p) >> 62 & 1)) {
		errno = 0;
		cant_tell("the page stays in memory: needs a swap area");
	}
}

/* Is the page protected after it was moved? */
static int moved_protected(int uffd, int swapped)
{
	char *from = map_page(), *to = map_page();
	struct uffdio_move move = { .dst = (unsigned long)to, .src = (unsigned long)from, .len = PAGE };
	int tries = 1000;

	memset(from, 0x5a, PAGE);
	enlist(uffd, from, PAGE, UFFDIO_REGISTER_MODE_WP);
	enlist(uffd, to, PAGE, UFFDIO_REGISTER_MODE_WP);
	if (protect(uffd, from, PAGE, UFFDIO_WRITEPROTECT_MODE_WP))
		cant_tell("UFFDIO_WRITEPROTECT");
	if (swapped)
		swap_out(from);
	while (ioctl(uffd, UFFDIO_MOVE, &move))
		if (errno != EAGAIN || !tries--)
			cant_tell("UFFDIO_MOVE");
	return entry_of(to) >> 57 & 1;
}

int main(void)
{
	int uffd = open_uffd(UFFD_FEATURE_WP_ASYNC | UFFD_FEATURE_WP_UNPOPULATED | UFFD_FEATURE_MOVE);
	int present = moved_protected(uffd, 0), swapped = moved_protected(uffd, 1);

	printf("moved from memory: %s\n", present ? "protected, not written" : "written");
	printf("moved from swap:   %s\n", swapped ? "protected, not written" : "written");
	return swapped || present ? 1 : 0;
}
