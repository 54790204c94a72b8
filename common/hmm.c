// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <fcntl.h>
#include <linux/types.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "hmm.h"

#define DEVICE "/dev/hmm_dmirror0"

/* The driver's header isn't installed: layout and numbers as in lib/test_hmm_uapi.h, names our own. */
struct device_access {
	__u64 addr;		/* of the mirrored process */
	__u64 buffer;		/* where the content goes to or comes from */
	__u64 pages;
	__u64 copied;
	__u64 faults;
};

#define DEVICE_READ _IOWR('H', 0x00, struct device_access)
#define DEVICE_WRITE _IOWR('H', 0x01, struct device_access)

int hmm_available(char *why, size_t len)
{
	if (!access(DEVICE, R_OK | W_OK))
		return 0;
	if (why)
		snprintf(why, len, "no second MMU: " DEVICE ": %s; a kernel with CONFIG_TEST_HMM (modprobe test_hmm), as root",
			 strerror(errno));
	return -ENOENT;
}

int hmm_open(void)
{
	int fd = open(DEVICE, O_RDWR | O_CLOEXEC);

	return fd < 0 ? -errno : fd;
}

static int act(int fd, unsigned long op, const char *addr, const char *buffer)
{
	struct device_access access = { .addr = (uintptr_t)addr, .buffer = (uintptr_t)buffer, .pages = 1 };

	if (ioctl(fd, op, &access))
		return -errno;
	return access.copied == 1 ? 0 : -EIO;
}

int hmm_read(int fd, const char *addr, char *to)
{
	return act(fd, DEVICE_READ, addr, to);
}

int hmm_write(int fd, const char *addr, const char *from)
{
	return act(fd, DEVICE_WRITE, addr, from);
}
