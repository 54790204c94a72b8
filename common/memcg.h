/* SPDX-License-Identifier: GPL-2.0 */
/*
 * memcg - a memory cgroup of the calling process's own, with a limit.
 *
 * Version 2 where the memory controller is there, else version 1. Never changes a cgroup.subtree_control
 * that somebody else's processes depend on: at the root it is changed and given back, elsewhere the
 * controller must be delegated already. The group is removed when its process ends, however it ends (settings.h).
 */
#ifndef COMMON_MEMCG_H
#define COMMON_MEMCG_H

#include <stddef.h>

/* 2 or 1, the version that memcg_enter() would use; a negative errno and in @why what is missing. */
int memcg_available(char *why, size_t len);

/*
 * Moves the calling process (all its threads) into a new group that may be charged @limit bytes, swap none.
 * What it has been charged for until now stays with the old group, so @limit is room for what comes: 1 MiB lets no
 * 2 MiB huge page in but some 150 base pages with their page tables (the kernel charges in batches of 64 pages a CPU).
 * 0, or a negative errno and a line in @why. -EBUSY when in such a group already.
 */
int memcg_enter(size_t limit, char *why, size_t len);

/* Back to where the process came from; the group is removed. */
int memcg_leave(void);

/* Moves the processes of the group @dir to the group @home and removes it; -EBUSY when it doesn't empty in 10 s. */
int memcg_remove(const char *dir, const char *home);

#endif /* COMMON_MEMCG_H */
