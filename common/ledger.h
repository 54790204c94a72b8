/* SPDX-License-Identifier: GPL-2.0 */
/*
 * ledger - what is to be undone on this machine, by whom, in the order in which it was done.
 *
 * One file for all processes of a user, a line an undo, read and written under flock(2). Lines are
 * only appended, and afterwards only their first byte changes, so that a process killed anywhere leaves
 * nothing half-written behind; the file is emptied when nothing in it is needed any more. An undo belongs
 * to a guardian (guardian.h); those of a guardian that is no more are undone at the next ledger_lock().
 *
 * Restoring a setting that another process has changed since would break that process: its line is only marked
 * released then, and whoever undoes the later change writes the released line's older value instead of its own.
 * 0 or a negative errno where not said otherwise.
 */
#ifndef COMMON_LEDGER_H
#define COMMON_LEDGER_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

enum undo_verb {
	UNDO_WRITE = 'w',	/* write value to path */
	UNDO_CGROUP = 'c',	/* move the processes of path back into the cgroup value, remove path */
	UNDO_UBLK = 'u',	/* delete the ublk device with the number value */
	UNDO_SWAP = 's',	/* stop swapping to the device path, remove the zram device with the number value */
	UNDO_ZRAM = 'z',	/* remove the zram device path with the number value */
};

/* Who undoes: a process, told from a later one with its number by its start time. */
struct undoer {
	pid_t pid;
	unsigned long long born;
};

struct undo {
	char state;
	char verb;
	struct undoer by;
	const char *path;
	const char *value;
	off_t at;		/* of the state's byte in the file */
};

struct ledger {
	int fd;
	char *text;
	size_t text_len;
	struct undo *undo;
	size_t count;
};

const char *ledger_path(void);

/* Start time of @pid in the kernel's ticks, 0 when there is no such process. */
unsigned long long ledger_born(pid_t pid);

/* Opens, locks and reads the ledger, and undoes what dead guardians left. Unlock it soon: others wait. */
int ledger_lock(struct ledger *l);
void ledger_unlock(struct ledger *l);

/* Has anybody a change of @path to undo? */
bool ledger_holds(const struct ledger *l, const char *path);

/* Who has a @verb to undo: the first, or NULL. */
const struct undoer *ledger_user(const struct ledger *l, enum undo_verb verb);

/* Adds a line. Call it before doing what it undoes. -EINVAL for text that can't stand in a line. */
int ledger_add(struct ledger *l, const struct undoer *by, enum undo_verb verb,
	       const char *path, const char *value);

/* Forgets the line that was added last: what it undoes wasn't done. */
void ledger_drop_last(struct ledger *l);

/*
 * Undoes @by's lines, newest first: all, or with @path the newest one of that path only. The first error met;
 * goes on after it.
 */
int ledger_undo(struct ledger *l, const struct undoer *by, const char *path);

#endif /* COMMON_LEDGER_H */
