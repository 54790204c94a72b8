// SPDX-License-Identifier: GPL-2.0
/*
 * userfaultfd.rst on async write protection: MADV_REMOVE on a file mapping will be treated as dirtying of memory by dropping the
 * uffd bit. On shmem the bit stays: shmem_fallocate() unmaps the page as any zap does, which leaves a marker, and when the page
 * leaves the page cache nothing is mapped any more that would drop it. The content is gone, and whoever saves what was written
 * isn't told. hugetlbfs does the same.
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

int main(void)
{
	int uffd = open_uffd(UFFD_FEATURE_WP_ASYNC | UFFD_FEATURE_WP_UNPOPULATED);
	char *p = mmap(NULL, 2 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	int protected, content;

	memset(p, 0x5a, 2 * PAGE);
	enlist(uffd, p, 2 * PAGE, UFFDIO_REGISTER_MODE_WP);
	if (protect(uffd, p, 2 * PAGE, UFFDIO_WRITEPROTECT_MODE_WP))
		cant_tell("UFFDIO_WRITEPROTECT");
	if (madvise(p, PAGE, MADV_REMOVE))
		cant_tell("MADV_REMOVE");
	protected = entry_of(p) >> 57 & 1;
	content = *p;
	printf("removed page: content 0x%02x, was 0x5a; %s\n", content, protected ? "protected, not written" : "written");
	return !content && protected;
}
