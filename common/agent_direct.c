// SPDX-License-Identifier: GPL-2.0
/*
 * Agents that read or write past the page cache: the device is given the page itself. A zram device, because files on tmpfs,
 * which is what a guest has, are copied all the same.
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "agent_impl.h"
#include "zram.h"

#define DEVICE_SIZE (1 << 20)

/* Made where it is first asked for: it goes with that process. */
static struct {
	char path[ZRAM_NAME_LEN];
	bool made;
} device;

int agent_can_direct(char *why, size_t len)
{
	struct lack lack = { 0 };
	int err;

	if (device.made)
		return 0;
	err = zram_can(&lack);
	if (err) {
		snprintf(why, len, "%s", lack.why);
		return err;
	}
	err = zram_make(device.path, DEVICE_SIZE);
	device.made = !err;
	if (err)
		snprintf(why, len, "no block device of our own: zram gives %s (dmesg tells more)", strerror(-err));
	return err;
}

static int moved_page(ssize_t n)
{
	if (n == (ssize_t)page_size())
		return 0;
	return n < 0 ? -errno : -EIO;
}

int agent_direct_open(struct agent_impl *i)
{
	/* Nobody has asked whether there is one. */
	if (!device.made)
		return -ENODEV;
	i->ends[0] = open(device.path, O_RDWR | O_DIRECT | O_CLOEXEC);
	return i->ends[0] < 0 ? -errno : 0;
}

int agent_direct_fill(struct agent_impl *i)
{
	void *page = aligned_alloc(page_size(), page_size());
	int err;

	if (!page)
		return -ENOMEM;
	memset(page, i->value, page_size());
	err = moved_page(pwrite(i->ends[0], page, page_size(), 0));
	free(page);
	return err;
}

static char *page_of(const struct agent_impl *i)
{
	return agent_border(i->addr) - page_size();
}

int agent_direct_read(struct agent_impl *i)
{
	return moved_page(pread(i->ends[0], page_of(i), page_size(), 0));
}

int agent_direct_write(struct agent_impl *i)
{
	char *page = aligned_alloc(page_size(), page_size());
	int err;

	if (!page)
		return -ENOMEM;
	err = moved_page(pwrite(i->ends[0], page_of(i), page_size(), 0));
	if (!err)
		err = moved_page(pread(i->ends[0], page, page_size(), 0));
	i->value = page[i->addr - page_of(i)];
	free(page);
	return err;
}
