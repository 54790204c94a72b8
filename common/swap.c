// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/swap.h>
#include <unistd.h>

#include "../uffd/deadline.h"
#include "../uffd/scan.h"
#include "process.h"
#include "reshape.h"
#include "swap.h"
#include "undo.h"
#include "zram.h"

#ifndef MADV_PAGEOUT
#define MADV_PAGEOUT 21
#endif

#define AREA_SIZE (32 << 20)
#define GIVE_UP_MS 10000
#define TURN_MS 120000		/* for those who swap now to end */
/* Before every other area. */
#define FIRST (SWAP_FLAG_PREFER | SWAP_FLAG_PRIO_MASK)

/* The area of this process or of an ancestor. */
static struct {
	char device[ZRAM_NAME_LEN];
	struct lack lack;
} area;

/* The header that mkswap(8) writes: a version, the last page's number, a mark at the first page's end. */
static int write_header(const char *device)
{
	char page[page_size()];
	uint32_t info[2] = { 1, AREA_SIZE / page_size() - 1 };
	int fd = open(device, O_WRONLY | O_CLOEXEC), err = 0;

	if (fd < 0)
		return -errno;
	memset(page, 0, sizeof(page));
	memcpy(page + 1024, info, sizeof(info));
	memcpy(page + sizeof(page) - 10, "SWAPSPACE2", 10);
	if (write(fd, page, sizeof(page)) != (ssize_t)sizeof(page))
		err = errno ? -errno : -EIO;
	close(fd);
	return err;
}

/* One area at a time on a machine: of two that are as good, pages go to either. */
static int make_device(void)
{
	struct undoer me;
	struct ledger l;
	int err = undo_guardian(&me);

	if (!err)
		err = undo_lock_alone(&l, UNDO_SWAP, TURN_MS);
	if (err)
		return err;
	err = zram_add(&l, &me, UNDO_SWAP, area.device);
	ledger_unlock(&l);
	if (!err)
		err = zram_resize(area.device, AREA_SIZE);
	return err ? err : write_header(area.device);
}

void swap_prepare(void)
{
	int err;

	if (zram_can(&area.lack))
		return;
	err = make_device();
	if (!err && swapon(area.device, FIRST))
		err = -errno;
	if (err)
		snprintf(area.lack.why, sizeof(area.lack.why), "no swap to be had on %s: %s (dmesg tells more)",
			 area.device[0] ? area.device : "zram", strerror(-err));
}

int swap_need(struct lack *lack)
{
	*lack = area.lack;
	if (lack->why[0])
		return -ENOTSUP;
	/* EBUSY: it is on. */
	return swapon(area.device, FIRST) && errno != EBUSY ? -errno : 0;
}

static bool all_swapped(const struct region *r, size_t first, size_t end)
{
	uint64_t entry[end - first];
	int fd = pagemap_open(0);
	bool all = fd >= 0 && !pagemap_read(fd, region_page(r, first), end - first, entry);
	size_t i;

	for (i = 0; all && i < end - first; i++)
		all = entry[i] & PAGEMAP_SWAPPED;
	if (fd >= 0)
		close(fd);
	return all;
}

int swap_out(const struct region *r, size_t first, size_t end, struct lack *lack)
{
	int64_t limit = deadline_in(GIVE_UP_MS);
	int err;

	do {
		err = region_advise(r, first, end, MADV_PAGEOUT);
		if (!err && all_swapped(r, first, end))
			return 0;
		sched_yield();
	} while (!err && deadline_left(limit));
	snprintf(lack->why, sizeof(lack->why), "pages stay in memory (%s): free memory for a zram device, or a larger one",
		 err ? strerror(-err) : "MADV_PAGEOUT works");
	return err ? err : -EAGAIN;
}

static int switch_off(void *device)
{
	return swapoff(device) ? -errno : 0;
}

/* With our memory: a copy would have to be brought back as well. */
int swap_off(void)
{
	return in_our_memory(switch_off, area.device);
}

int swap_remove(const char *device, const char *number)
{
	int err = swapoff(device) ? -errno : 0, gone;

	/* Not on, or made only half. */
	if (err == -EINVAL || err == -ENOENT)
		err = 0;
	gone = zram_remove(number);
	return err ? err : gone;
}
