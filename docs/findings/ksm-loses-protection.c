// SPDX-License-Identifier: GPL-2.0
/*
 * KSM takes write protection from pages that it merges, and a store passes without an event.
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

#define PAGES 16UL

static void set(const char *file, const char *value)
{
	int fd = open(file, O_WRONLY);

	if (fd < 0 || write(fd, value, strlen(value)) < 0)
		cant_tell(file);
	close(fd);
}

static unsigned long merged(void)
{
	char text[32] = "";
	int fd = open("/proc/self/ksm_merging_pages", O_RDONLY);

	if (fd < 0 || read(fd, text, sizeof(text) - 1) < 0)
		cant_tell("/proc/self/ksm_merging_pages");
	close(fd);
	return strtoul(text, NULL, 10);
}

/* The machine's KSM runs for this, and stops. */
static void merge(char *p)
{
	int tries = 1000;

	if (madvise(p, PAGES * PAGE, MADV_MERGEABLE))
		cant_tell("MADV_MERGEABLE");
	set("/sys/kernel/mm/ksm/pages_to_scan", "100000");
	set("/sys/kernel/mm/ksm/run", "1");
	while (merged() < PAGES && tries--)
		usleep(10000);
	set("/sys/kernel/mm/ksm/run", "0");
	if (merged() < PAGES)
		cant_tell("KSM merges nothing");
}

int main(void)
{
	char *p = mmap(NULL, PAGES * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	int uffd = open_uffd(UFFD_FEATURE_PAGEFAULT_FLAG_WP);
	unsigned long i, lost = 0;

	madvise(p, PAGES * PAGE, MADV_NOHUGEPAGE);
	memset(p, 0x5a, PAGES * PAGE);
	enlist(uffd, p, PAGES * PAGE, UFFDIO_REGISTER_MODE_WP);
	if (protect(uffd, p, PAGES * PAGE, UFFDIO_WRITEPROTECT_MODE_WP))
		cant_tell("UFFDIO_WRITEPROTECT");
	merge(p);
	for (i = 0; i < PAGES; i++)
		lost += !(entry_of(p + i * PAGE) >> 57 & 1);
	printf("%lu of %lu protected pages are unprotected once KSM has merged them\n", lost, PAGES);
	return lost ? 1 : 0;
}
