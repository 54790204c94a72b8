// SPDX-License-Identifier: GPL-2.0
/*
 * MADV_GUARD_INSTALL on write-protected shared memory never ends: it zaps what is there and tries again, but a zap leaves the
 * uffd-wp markers of file-backed memory, so the walk never finds the entries empty. The task burns a processor until a signal kills it.
 *
 * Linux 6.15 on (guard regions in file-backed memory).
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
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define PAGE 4096UL

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

#ifndef MADV_GUARD_INSTALL
#define MADV_GUARD_INSTALL 102
#endif

static char *map_shared(void)
{
	int memfd = memfd_create("guard", MFD_CLOEXEC);

	if (memfd < 0 || ftruncate(memfd, 2 * PAGE))
		cant_tell("memfd_create");
	return mmap(NULL, 2 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, memfd, 0);
}

/* In a child, which protection does not outlive: the call on a protected page, with 3 s of processor time. */
static int try_it(void)
{
	char *p = map_shared();
	int uffd = open_uffd(UFFD_FEATURE_PAGEFAULT_FLAG_WP | UFFD_FEATURE_WP_HUGETLBFS_SHMEM);
	struct rlimit cpu = { 3, 3 };

	if (madvise(p + PAGE, PAGE, MADV_GUARD_INSTALL))
		cant_tell("guard regions in shared memory");
	enlist(uffd, p, 2 * PAGE, UFFDIO_REGISTER_MODE_WP);
	if (protect(uffd, p, PAGE, UFFDIO_WRITEPROTECT_MODE_WP))
		cant_tell("UFFDIO_WRITEPROTECT");
	setrlimit(RLIMIT_CPU, &cpu);
	return madvise(p, PAGE, MADV_GUARD_INSTALL) ? 4 : 0;
}

int main(void)
{
	pid_t child = fork();
	int status;

	if (!child)
		exit(try_it());
	if (child < 0 || waitpid(child, &status, 0) != child)
		cant_tell("fork");
	if (WIFEXITED(status)) {
		if (!WEXITSTATUS(status))
			printf("MADV_GUARD_INSTALL of a protected page: done\n");
		return WEXITSTATUS(status);
	}
	printf("MADV_GUARD_INSTALL of a protected page: killed after 3 s of processor time\n");
	return 1;
}
