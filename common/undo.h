/* SPDX-License-Identifier: GPL-2.0 */
/*
 * undo - does something that is undone on every way out of the calling process.
 *
 * The guardian is this program once more, started with posix_spawn(3) rather than fork(2): a fork would take
 * references to the caller's huge pages, write-protect them, and wait for the manager of a userfaultfd that
 * asked for fork events. It has a session of its own, all signals blocked, no descriptors but the caller's
 * pidfd, and 10 s for what it undoes. Used by settings, memcg and pin; tests use those. 0 or a negative errno.
 */
#ifndef COMMON_UNDO_H
#define COMMON_UNDO_H

#include "ledger.h"

/* Starts the calling process's guardian unless it is there; *me is whom undos belong to. */
int undo_guardian(struct undoer *me);

/* Notes in the ledger how to undo what the caller is about to do. */
int undo_note(enum undo_verb verb, const char *path, const char *value);

/*
 * Locks the ledger as soon as no other process has a @verb to undo, for what only one may do at a time. -ETIMEDOUT when one still
 * has after @ms.
 */
int undo_lock_alone(struct ledger *l, enum undo_verb verb, int ms);

/* Undoes now: all of this process's notes and the guardian with them, or with @path the newest of that path. */
int undo_now(const char *path);

/* settings_set() with the ledger locked already. */
int settings_change(struct ledger *l, const char *path, const char *value);

/* Carries one undo out, whoever's it is. */
int undo_do(enum undo_verb verb, const char *path, const char *value);

#endif /* COMMON_UNDO_H */
