// SPDX-License-Identifier: GPL-2.0
#include <unistd.h>

#include "../uffd/compiler.h"
#include "../uffd/uffd.h"
#include "probe.h"

static const char *ask_open(uint64_t arg __maybe_unused)
{
	enum uffd_source source;
	int fd = uffd_open_raw(&source);

	if (fd < 0)
		return "no";
	close(fd);
	return source == UFFD_BY_SYSCALL ? "syscall" : "device";
}

static const char *ask_feature(uint64_t bit)
{
	static uint64_t offered;

	if (!offered && uffd_offered(&offered, NULL))
		return NONE;
	return yes_no(offered & bit);
}

#define FEATURE(name, bit) { "feature." name, ask_feature, UFFD_FEATURE_##bit }

const struct probe probe_uffd[] = {
	{ .name = "uffd.open", .ask = ask_open },
	FEATURE("wp", PAGEFAULT_FLAG_WP),
	FEATURE("wp_unpopulated", WP_UNPOPULATED),
	FEATURE("wp_async", WP_ASYNC),
	FEATURE("wp_hugetlbfs_shmem", WP_HUGETLBFS_SHMEM),
	FEATURE("exact_address", EXACT_ADDRESS),
	FEATURE("thread_id", THREAD_ID),
	FEATURE("sigbus", SIGBUS),
	FEATURE("event_fork", EVENT_FORK),
	FEATURE("event_remap", EVENT_REMAP),
	FEATURE("event_remove", EVENT_REMOVE),
	FEATURE("move", MOVE),
	FEATURE("poison", POISON),
	FEATURE("rwp", RWP),
	FEATURE("rwp_async", RWP_ASYNC),
	{ 0 }
};
