/* SPDX-License-Identifier: GPL-2.0 */
/*
 * settings - change the machine's settings, and give them back on every way out.
 *
 * A setting is any small file that is read and written as one line of text: sysfs, procfs, cgroup files.
 * The first change starts a guardian, a process in a session of its own that watches the caller by a pidfd
 * and undoes what the caller hasn't undone itself, newest first, however the caller ended (SIGKILL of its
 * whole process group included). The guardian belongs to the process that made the change: a fork child
 * that changes something gets its own, and what it changed is undone when *it* ends.
 *
 * Several processes may hold the same setting at a time (two runs on one host, cases run in parallel). Every
 * change is a line in a ledger shared by all of them (settings_ledger_path()), under a lock: whoever gives
 * back a setting that another changed later hands the value it had saved on to that one instead of writing it,
 * so that the last one out restores what the first one found, in whatever order they end. What a guardian
 * that was itself killed left behind is undone by the next process that changes something.
 * Not seen: others who change the same file without this interface, and other mount namespaces' ledgers.
 *
 * 0 or a negative errno where not said otherwise. Not for concurrent use by threads of one process.
 */
#ifndef COMMON_SETTINGS_H
#define COMMON_SETTINGS_H

#include <stdbool.h>
#include <stddef.h>

/*
 * The value of @path without the newline; of a choice ("always [madvise] never") only the chosen word.
 * -ENAMETOOLONG when it doesn't fit.
 */
int settings_get(const char *path, char *value, size_t len);

/*
 * Sets @path to @value, to be restored. Nothing is written and nothing is to be restored when it has that
 * value already and nobody else holds it. The kernel's own errno when it refuses the value.
 */
int settings_set(const char *path, const char *value);

/* Writes @path and restores nothing. */
int settings_write(const char *path, const char *value);

/* Undoes now all that this process changed, newest first. The first error met; goes on after it. */
int settings_restore(void);

/*
 * Switches off what acts behind a test's back, where it is on: khugepaged, the shrinker of underused THPs,
 * mTHP sizes other than the PMD's, NUMA balancing, KSM, proactive compaction; and on what tests need: THP
 * (madvise, when it is never) and the huge zero page. Children of a process that has called it have nothing
 * to do: SETTINGS_KEEPER in their environment holds its number. A guest's init may set that itself.
 * 0, or -EPERM without root, or the first error met: then settings_noise() names the settings that aren't
 * as wanted, "name=value" separated by blanks.
 */
#define SETTINGS_KEEPER "UFFD_WP_CONFORM_QUIET"

int settings_quiet(void);
const char *settings_noise(void);

const char *settings_ledger_path(void);

/*
 * How long to wait, in milliseconds, for what must happen: a minute, or as many seconds as SETTINGS_PATIENCE in the
 * environment says. Less suits kernels that are known to hang, where nobody waits for a slow machine.
 */
#define SETTINGS_PATIENCE "UFFD_WP_CONFORM_PATIENCE"

int settings_patience_ms(void);

/* Is this a full run, in which what takes long is done too? SETTINGS_FULL in the environment says so. */
#define SETTINGS_FULL "UFFD_WP_CONFORM_FULL"

bool settings_full(void);

#endif /* COMMON_SETTINGS_H */
