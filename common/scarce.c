// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "../uffd/compiler.h"
#include "memcg.h"
#include "region.h"
#include "scarce.h"
#include "settings.h"

#define FAULTS "/sys/kernel/debug/fail_page_alloc/"
#define TASK "/proc/self/make-it-fail"

/* No huge page fits under it, base pages and page tables do. */
#define LIMIT (1 << 20)

int scarce_available(enum scarcity how, char *why, size_t len)
{
	int err;

	if (how == SCARCE_BY_LIMIT) {
		err = memcg_available(why, len);
		return err < 0 ? err : 0;
	}
	if (!access(FAULTS "probability", W_OK) && !access(TASK, W_OK))
		return 0;
	snprintf(why, len, "no fault injection: a kernel with CONFIG_FAIL_PAGE_ALLOC and CONFIG_FAULT_INJECTION_DEBUG_FS, debugfs mounted, as root");
	return -ENOENT;
}

/* Open while faults are on: an open then might be one of them. */
static int task_fd = -1;

static int switch_task(const char *on)
{
	return pwrite(task_fd, on, 1, 0) == 1 ? 0 : -errno;
}

static int begin_faults(unsigned int least_order)
{
	/* What confines it comes first, what sets it off last; undone the other way round. */
	static const char *const settings[][2] = {
		{ FAULTS "task-filter", "Y" },
		{ FAULTS "ignore-gfp-highmem", "N" },
		{ FAULTS "ignore-gfp-wait", "N" },
		{ FAULTS "verbose", "0" },
		{ FAULTS "times", "-1" },
		{ FAULTS "probability", "100" },
	};
	char order[16];
	size_t i;
	int err;

	snprintf(order, sizeof(order), "%u", least_order);
	err = settings_set(FAULTS "min-order", order);
	for (i = 0; !err && i < ARRAY_SIZE(settings); i++)
		err = settings_set(settings[i][0], settings[i][1]);
	if (err)
		return err;
	task_fd = open(TASK, O_WRONLY | O_CLOEXEC);
	return task_fd < 0 ? -errno : switch_task("1");
}

int scarce_begin(enum scarcity how, char *why, size_t len)
{
	int err;

	if (how == SCARCE_BY_LIMIT)
		return memcg_enter(LIMIT, why, len);
	err = begin_faults(how == SCARCE_PAGES ? 0 : __builtin_ctzl(pmd_pages()));
	if (err)
		snprintf(why, len, "no fault injection to be had: " FAULTS ": %s", strerror(-err));
	return err;
}

int scarce_end(enum scarcity how)
{
	int err;

	if (how == SCARCE_BY_LIMIT)
		return memcg_leave();
	err = switch_task("0");
	close(task_fd);
	task_fd = -1;
	return err;
}
