// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdio.h>
#include <unistd.h>

#include "../uffd/deadline.h"
#include "settings.h"
#include "zram.h"

#define CONTROL "/sys/class/zram-control/"
#define NAME "/dev/zram"
#define GIVE_UP_MS 5000

int zram_can(struct lack *lack)
{
	if (access(CONTROL "hot_add", F_OK))
		snprintf(lack->why, sizeof(lack->why), "no block device of our own: modprobe zram (CONFIG_ZRAM)");
	else if (geteuid())
		snprintf(lack->why, sizeof(lack->why), "no block device of our own: run as root");
	return lack->why[0] ? -ENOTSUP : 0;
}

/* Reading hot_add makes a device and tells its number. Until it is noted, one that is killed leaves an empty device. */
int zram_add(struct ledger *l, const struct undoer *me, enum undo_verb verb, char device[ZRAM_NAME_LEN])
{
	char number[16];
	int err = settings_get(CONTROL "hot_add", number, sizeof(number));

	if (err)
		return err;
	snprintf(device, ZRAM_NAME_LEN, NAME "%s", number);
	return ledger_add(l, me, verb, device, number);
}

int zram_resize(const char *device, size_t size)
{
	char path[64], bytes[24];

	snprintf(path, sizeof(path), "/sys/block/%s/disksize", device + sizeof("/dev/") - 1);
	snprintf(bytes, sizeof(bytes), "%zu", size);
	return settings_write(path, bytes);
}

int zram_make(char device[ZRAM_NAME_LEN], size_t size)
{
	struct undoer me;
	struct ledger l;
	int err = undo_guardian(&me);

	if (!err)
		err = ledger_lock(&l);
	if (err)
		return err;
	err = zram_add(&l, &me, UNDO_ZRAM, device);
	ledger_unlock(&l);
	return err ? err : zram_resize(device, size);
}

int zram_remove(const char *number)
{
	int64_t limit = deadline_in(GIVE_UP_MS);
	int err;

	/* Whoever looks at new block devices may have it open for a moment. */
	do
		err = settings_write(CONTROL "hot_remove", number);
	while (err == -EBUSY && deadline_left(limit));
	return err;
}
