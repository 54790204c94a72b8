// SPDX-License-Identifier: GPL-2.0
/*
 * UFFDIO_ZEROPAGE on a protected hole gives EEXIST, though nothing exists there; UFFDIO_COPY fills one. A handler that answers a
 * missing fault there with ZEROPAGE and takes EEXIST for "somebody else was faster" wakes the reader, which faults again: for ever.
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

int main(void)
{
	char *p = mmap(NULL, 2 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	int uffd = open_uffd(UFFD_FEATURE_PAGEFAULT_FLAG_WP | UFFD_FEATURE_WP_UNPOPULATED);
	static char data[PAGE] __attribute__((aligned(PAGE)));
	struct uffdio_copy copy = { .dst = (unsigned long)p, .src = (unsigned long)data, .len = PAGE };
	struct uffdio_zeropage zero = { .range = { (unsigned long)p + PAGE, PAGE } };
	int copied, zeroed;

	madvise(p, 2 * PAGE, MADV_NOHUGEPAGE);
	enlist(uffd, p, 2 * PAGE, UFFDIO_REGISTER_MODE_MISSING | UFFDIO_REGISTER_MODE_WP);
	if (protect(uffd, p, 2 * PAGE, UFFDIO_WRITEPROTECT_MODE_WP))
		cant_tell("UFFDIO_WRITEPROTECT");
	copied = ioctl(uffd, UFFDIO_COPY, &copy) ? errno : 0;
	zeroed = ioctl(uffd, UFFDIO_ZEROPAGE, &zero) ? errno : 0;
	printf("UFFDIO_COPY:     %s\n", copied ? strerror(copied) : "filled");
	printf("UFFDIO_ZEROPAGE: %s; the page is %s\n", zeroed ? strerror(zeroed) : "filled",
	       entry_of(p + PAGE) >> 63 ? "there" : "not there");
	return !copied && zeroed == EEXIST && !(entry_of(p + PAGE) >> 63) ? 1 : 0;
}
