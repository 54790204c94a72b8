// SPDX-License-Identifier: GPL-2.0
/*
 * A swap area in a guest, for programs that need one and shouldn't have to make it: a zram device, on from here to the guest's
 * end. Exit: 0, or 4 where there is no zram.
 */
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/swap.h>
#include <unistd.h>

#define PAGE 4096
#define SIZE (32 << 20)

static int write_text(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY), err = fd < 0 || write(fd, text, strlen(text)) < 0;

	if (fd >= 0)
		close(fd);
	return err;
}

/* As mkswap(8) does: a version, the last page's number, a mark at the first page's end. */
static int make_area(const char *device)
{
	static char page[PAGE];
	const uint32_t info[2] = { 1, SIZE / PAGE - 1 };
	int fd = open(device, O_WRONLY), err;

	memcpy(page + 1024, info, sizeof(info));
	memcpy(page + PAGE - 10, "SWAPSPACE2", 10);
	err = fd < 0 || write(fd, page, PAGE) != PAGE;
	if (fd >= 0)
		close(fd);
	return err;
}

int main(void)
{
	char size[16];

	snprintf(size, sizeof(size), "%d", SIZE);
	if (write_text("/sys/block/zram0/disksize", size) || make_area("/dev/zram0") || swapon("/dev/zram0", 0)) {
		perror("no swap area on /dev/zram0");
		return 4;
	}
	return 0;
}
