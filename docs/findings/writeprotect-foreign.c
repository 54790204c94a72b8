// SPDX-License-Identifier: GPL-2.0
/*
 * UFFDIO_WRITEPROTECT does not ask whose range it is: a descriptor with which nothing is registered un-protects another's pages. The
 * owner's writer is not woken: it sleeps on at a page that is not protected any more.
 *
 * Needs libpthread.
 *
 * Exit: 0 the kernel keeps its promise, 1 it does not, 4 nothing can be said here.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/userfaultfd.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
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

static char *page;

static void *store(void *unused)
{
	(void)unused;
	*page = 1;
	return NULL;
}

/* A writer that waits for page's protection to go: its event is there. */
static void start_writer(int uffd, pthread_t *writer)
{
	struct pollfd event = { .fd = uffd, .events = POLLIN };
	struct uffd_msg msg;

	page = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	*page = 0;
	enlist(uffd, page, PAGE, UFFDIO_REGISTER_MODE_WP);
	if (protect(uffd, page, PAGE, UFFDIO_WRITEPROTECT_MODE_WP))
		cant_tell("UFFDIO_WRITEPROTECT");
	pthread_create(writer, NULL, store, NULL);
	if (poll(&event, 1, 60000) != 1 || read(uffd, &msg, sizeof(msg)) != sizeof(msg))
		cant_tell("no event came");
}

/* Does it end? A minute is enough for any machine. */
static int ends(pthread_t writer, int seconds)
{
	struct timespec limit;

	clock_gettime(CLOCK_REALTIME, &limit);
	limit.tv_sec += seconds;
	return !pthread_timedjoin_np(writer, NULL, &limit);
}

int main(void)
{
	int owner = open_uffd(UFFD_FEATURE_PAGEFAULT_FLAG_WP), other = open_uffd(UFFD_FEATURE_PAGEFAULT_FLAG_WP);
	pthread_t writer;

	start_writer(owner, &writer);
	if (protect(other, page, PAGE, 0)) {
		printf("another descriptor is refused: %s\n", strerror(errno));
		return 0;
	}
	printf("another descriptor, with which nothing is registered, has un-protected the page\n");
	printf("10 s later the writer %s\n", ends(writer, 10) ? "is done" : "sleeps on");
	return 1;
}
