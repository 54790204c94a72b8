/* SPDX-License-Identifier: GPL-2.0 */
/*
 * heir - what a fork child got of a region: which pages are protected in its copy, and the descriptor that guards it.
 */
#ifndef COMMON_HEIR_H
#define COMMON_HEIR_H

#include <sys/types.h>

#include "stage.h"

/* How many of the region's pages carry bit 57 in the copy of process @pid (0: here), or a negative errno. */
ssize_t heir_protected(pid_t pid, const struct region *r);

/* The same of a child that is forked for it and does nothing else. Not with EVENT_FORK: fork waits for the event. */
ssize_t heir_protected_at_birth(const struct region *r);

/*
 * Forks a child of @s that does nothing until it is killed, and takes the event that fork waits for; it is in
 * s->pump.msg[0] then. Its pid or a negative errno.
 */
pid_t heir_bear(struct stage *s);

/* The same without the event, which nobody may have asked for. */
pid_t heir_bear_unseen(void);

/* Kills a child and waits until it is gone. */
void heir_bury(pid_t child);

/*
 * Makes @heir the stage of the child whose descriptor came with a FORK event of @s: the same pages, its own descriptor
 * and pump. To be closed with stage_close() only: the region belongs to @s. 0 or a negative errno.
 */
int heir_adopt(struct stage *heir, const struct stage *s, const struct uffd_msg *msg);

#endif /* COMMON_HEIR_H */
