// SPDX-License-Identifier: GPL-2.0
/*
 * UFFDIO_UNREGISTER wakes only who waits for a missing page: a writer that waits for write protection sleeps on, in memory that is
 * neither protected nor registered, until the descriptor is closed or UFFDIO_WAKE is called.
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
	int uffd = open_uffd(UFFD_FEATURE_PAGEFAULT_FLAG_WP), asleep;
	struct uffdio_range range = { .len = PAGE };
	pthread_t writer;

	start_writer(uffd, &writer);
	range.start = (unsigned long)page;
	if (ioctl(uffd, UFFDIO_UNREGISTER, &range))
		cant_tell("UFFDIO_UNREGISTER");
	asleep = !ends(writer, 10);
	printf("10 s after UFFDIO_UNREGISTER the writer %s\n", asleep ? "sleeps on" : "is done");
	if (!asleep)
		return 0;
	if (ioctl(uffd, UFFDIO_WAKE, &range) || !ends(writer, 60))
		cant_tell("UFFDIO_WAKE doesn't wake it either");
	printf("after UFFDIO_WAKE it is done\n");
	return 1;
}
