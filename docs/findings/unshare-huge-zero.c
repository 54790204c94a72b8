// SPDX-License-Identifier: GPL-2.0
/*
 * A read-only long-term pin of a protected huge zero page maps a writable THP there, unprotected: the next store passes without an
 * event. (The unshare fault does not ask for uffd-wp.)
 *
 * Needs CONFIG_GUP_TEST and debugfs; on kernels without it the ublk driver's read-only shared buffers do the same.
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
#include <sys/mount.h>
#include <sys/syscall.h>
#include <unistd.h>

#define PAGE 4096UL
#define PMD (512 * PAGE)

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

/* @pmds PMDs of anonymous memory, aligned to a PMD, for transparent huge pages. */
static char *map_pmds(int pmds)
{
	char *p = mmap(NULL, (pmds + 1) * PMD, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (p == MAP_FAILED)
		cant_tell("mmap");
	p = (char *)(((unsigned long)p + PMD - 1) & ~(PMD - 1));
	madvise(p, pmds * PMD, MADV_HUGEPAGE);
	return p;
}

/* mm/gup_test.h */
struct pin_longterm_test {
	__u64 addr, size;
	__u32 flags;
};

#define PIN_LONGTERM_TEST_START _IOW('g', 7, struct pin_longterm_test)
#define PIN_LONGTERM_TEST_STOP _IO('g', 8)

int main(void)
{
	char *p = map_pmds(1);
	int uffd = open_uffd(UFFD_FEATURE_PAGEFAULT_FLAG_WP);
	struct pin_longterm_test pin = { .addr = (unsigned long)p, .size = PMD };
	unsigned long i, lost = 0;
	int gup;

	madvise(p, PMD, MADV_POPULATE_READ);
	enlist(uffd, p, PMD, UFFDIO_REGISTER_MODE_WP);
	if (protect(uffd, p, PMD, UFFDIO_WRITEPROTECT_MODE_WP))
		cant_tell("UFFDIO_WRITEPROTECT");
	if (!(entry_of(p + PMD - PAGE) >> 63)) {
		errno = 0;
		cant_tell("no huge zero page here");
	}
	mount("debugfs", "/sys/kernel/debug", "debugfs", 0, NULL);
	gup = open("/sys/kernel/debug/gup_test", O_RDWR);
	if (gup < 0 || ioctl(gup, PIN_LONGTERM_TEST_START, &pin))
		cant_tell("/sys/kernel/debug/gup_test");
	for (i = 0; i < PMD; i += PAGE)
		lost += !(entry_of(p + i) >> 57 & 1);
	printf("%lu of 512 protected pages are unprotected after a read-only pin\n", lost);
	ioctl(gup, PIN_LONGTERM_TEST_STOP);
	if (!lost)
		return 0;
	*p = 1;
	printf("the store passed, and no event came\n");
	return 1;
}
