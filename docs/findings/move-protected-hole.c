// SPDX-License-Identifier: GPL-2.0
/*
 * UFFDIO_MOVE refuses protected holes: EEXIST at the destination, where nothing exists, and EFAULT in the source, where
 * UFFDIO_MOVE_MODE_ALLOW_SRC_HOLES allows holes.
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

#ifndef UFFD_FEATURE_WP_UNPOPULATED
#define UFFD_FEATURE_WP_UNPOPULATED (1 << 13)
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

#define BOTH (UFFDIO_REGISTER_MODE_MISSING | UFFDIO_REGISTER_MODE_WP)

static char *map_page(int uffd)
{
	char *p = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	madvise(p, PAGE, MADV_NOHUGEPAGE);
	enlist(uffd, p, PAGE, BOTH);
	return p;
}

static void fill(int uffd, char *p)
{
	static char data[PAGE] __attribute__((aligned(PAGE)));
	struct uffdio_copy copy = { .dst = (unsigned long)p, .src = (unsigned long)data, .len = PAGE };

	if (ioctl(uffd, UFFDIO_COPY, &copy))
		cant_tell("UFFDIO_COPY");
}

static void arm(int uffd, char *p)
{
	if (protect(uffd, p, PAGE, UFFDIO_WRITEPROTECT_MODE_WP))
		cant_tell("UFFDIO_WRITEPROTECT");
}

static int move(int uffd, char *to, char *from, unsigned long mode)
{
	struct uffdio_move move = { (unsigned long)to, (unsigned long)from, PAGE, mode, 0 };
	int tries = 1000, err;

	do {
		err = ioctl(uffd, UFFDIO_MOVE, &move) ? errno : 0;
	} while (err == EAGAIN && tries--);
	return err;
}

int main(void)
{
	int uffd = open_uffd(UFFD_FEATURE_PAGEFAULT_FLAG_WP | UFFD_FEATURE_WP_UNPOPULATED | UFFD_FEATURE_MOVE);
	char *from = map_page(uffd), *to = map_page(uffd), *hole = map_page(uffd), *other = map_page(uffd);
	int onto, out_of;

	fill(uffd, from);
	arm(uffd, to);
	onto = move(uffd, to, from, 0);
	printf("onto a protected hole: %s\n", onto ? strerror(onto) : "moved");

	arm(uffd, hole);
	out_of = move(uffd, other, hole, UFFDIO_MOVE_MODE_ALLOW_SRC_HOLES);
	printf("from a protected hole, holes allowed: %s\n", out_of ? strerror(out_of) : "moved");
	return onto || out_of ? 1 : 0;
}
