// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../uffd/deadline.h"
#include "memcg.h"
#include "pin.h"
#include "settings.h"
#include "swap.h"
#include "undo.h"
#include "zram.h"

#define GUARDIAN "uffd-wp-guardian"
#define GUARDIAN_PIDFD 3

/* The calling process's guardian; another process's after a fork. */
static struct {
	pid_t owner;
	struct undoer self;
} guardian;

int undo_do(enum undo_verb verb, const char *path, const char *value)
{
	switch (verb) {
	case UNDO_WRITE:
		return settings_write(path, value);
	case UNDO_CGROUP:
		return memcg_remove(path, value);
	case UNDO_UBLK:
		return pin_delete_device(strtoul(value, NULL, 10));
	case UNDO_SWAP:
		return swap_remove(path, value);
	case UNDO_ZRAM:
		return zram_remove(value);
	}
	return -EINVAL;
}

static int guard(void)
{
	struct undoer me = { .pid = getpid(), .born = ledger_born(getpid()) };
	struct pollfd owner = { .fd = GUARDIAN_PIDFD, .events = POLLIN };
	struct ledger l;
	int err;

	/* No pipe of the caller's may stay open because of us. */
	syscall(__NR_close_range, 0, GUARDIAN_PIDFD - 1, 0);
	syscall(__NR_close_range, GUARDIAN_PIDFD + 1, ~0U, 0);
	while (poll(&owner, 1, -1) < 0 && errno == EINTR)
		;
	err = ledger_lock(&l);
	if (err)
		return 1;
	err = ledger_undo(&l, &me, NULL);
	ledger_unlock(&l);
	return err ? 1 : 0;
}

/* Turns the process into a guardian when it was started as one, before any main() sees it. */
static __attribute__((constructor)) void maybe_guard(int argc, char **argv)
{
	if (argc == 1 && !strcmp(argv[0], GUARDIAN))
		_exit(guard());
}

static int spawn(pid_t *pid, int pidfd)
{
	char *const argv[] = { GUARDIAN, NULL }, *const env[] = { NULL };
	posix_spawn_file_actions_t files;
	posix_spawnattr_t attr;
	sigset_t all;
	int err;

	sigfillset(&all);
	posix_spawnattr_init(&attr);
	posix_spawnattr_setflags(&attr, POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGMASK);
	posix_spawnattr_setsigmask(&attr, &all);
	posix_spawn_file_actions_init(&files);
	posix_spawn_file_actions_adddup2(&files, pidfd, GUARDIAN_PIDFD);
	err = posix_spawn(pid, "/proc/self/exe", &files, &attr, argv, env);
	posix_spawn_file_actions_destroy(&files);
	posix_spawnattr_destroy(&attr);
	return -err;
}

int undo_guardian(struct undoer *me)
{
	int pidfd, err;

	if (guardian.owner == getpid()) {
		*me = guardian.self;
		return 0;
	}
	pidfd = syscall(__NR_pidfd_open, getpid(), 0);
	if (pidfd < 0)
		return -errno;
	err = spawn(&guardian.self.pid, pidfd);
	close(pidfd);
	if (err)
		return err;
	guardian.self.born = ledger_born(guardian.self.pid);
	guardian.owner = getpid();
	*me = guardian.self;
	return 0;
}

int undo_note(enum undo_verb verb, const char *path, const char *value)
{
	struct undoer me;
	struct ledger l;
	int err = undo_guardian(&me);

	if (!err)
		err = ledger_lock(&l);
	if (err)
		return err;
	err = ledger_add(&l, &me, verb, path, value);
	ledger_unlock(&l);
	return err;
}

/* Waits for the end of @who, @ms at most. */
static void wait_for(const struct undoer *who, int ms)
{
	struct pollfd end = { .events = POLLIN };

	end.fd = syscall(__NR_pidfd_open, who->pid, 0);
	if (end.fd < 0)
		return;
	poll(&end, 1, ms);
	close(end.fd);
}

int undo_lock_alone(struct ledger *l, enum undo_verb verb, int ms)
{
	int64_t limit = deadline_in(ms);
	const struct undoer *user;
	struct undoer who;
	int err;

	while (!(err = ledger_lock(l))) {
		user = ledger_user(l, verb);
		if (!user)
			return 0;
		who = *user;
		ledger_unlock(l);
		if (!deadline_left(limit))
			return -ETIMEDOUT;
		wait_for(&who, deadline_left(limit));
	}
	return err;
}

/* With nothing left to undo it may be killed at any moment. */
static void dismiss(void)
{
	kill(guardian.self.pid, SIGKILL);
	while (waitpid(guardian.self.pid, NULL, 0) < 0 && errno == EINTR)
		;
	guardian.owner = 0;
}

int undo_now(const char *path)
{
	struct ledger l;
	int err;

	if (guardian.owner != getpid())
		return 0;
	err = ledger_lock(&l);
	if (err)
		return err;
	err = ledger_undo(&l, &guardian.self, path);
	ledger_unlock(&l);
	if (!path)
		dismiss();
	return err;
}
