// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "proc.h"
#include "warden.h"

#define GUARDED_MAX 32
#define ROUNDS 500		/* of 20 ms: what doesn't die in 10 s can't be killed */
#define ROUND_MS 20

/* Shared with the warden. */
static pid_t *guarded;

static void replace(pid_t old, pid_t new)
{
	int i;

	for (i = 0; guarded && i < GUARDED_MAX; i++) {
		if (guarded[i] != old)
			continue;
		guarded[i] = new;
		return;
	}
}

void warden_guard(pid_t leader)
{
	replace(0, leader);
}

void warden_dismiss(pid_t leader)
{
	replace(leader, 0);
}

static int is_guarded(pid_t session)
{
	int i;

	for (i = 0; i < GUARDED_MAX; i++)
		if (session && guarded[i] == session)
			return 1;
	return 0;
}

static void kill_guarded(void *context, pid_t pid)
{
	int *seen = context;
	pid_t parent, session;
	char state;

	if (proc_info(pid, &state, &parent, &session) || state == 'Z' || !is_guarded(session))
		return;
	(*seen)++;
	kill(pid, SIGKILL);
}

static void watch(int pidfd)
{
	struct pollfd runner = { .fd = pidfd, .events = POLLIN };
	int i, seen = 1;

	while (poll(&runner, 1, -1) < 0 && errno == EINTR)
		;
	for (i = 0; i < ROUNDS && seen; i++) {
		seen = 0;
		proc_each(kill_guarded, &seen);
		if (seen)
			poll(NULL, 0, ROUND_MS);
	}
}

/* In a session of its own, deaf, and holding nothing that others wait for. */
static void become_warden(int pidfd)
{
	sigset_t all;

	setsid();
	sigfillset(&all);
	sigprocmask(SIG_BLOCK, &all, NULL);
	if (chdir("/"))
		_exit(1);
	pidfd = dup2(pidfd, 0);
	syscall(__NR_close_range, 1, ~0U, 0);
	watch(pidfd);
	_exit(0);
}

int warden_start(void)
{
	int pidfd = syscall(__NR_pidfd_open, getpid(), 0);
	pid_t between;

	if (pidfd < 0)
		return -errno;
	guarded = mmap(NULL, GUARDED_MAX * sizeof(*guarded), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (guarded == MAP_FAILED) {
		guarded = NULL;
		close(pidfd);
		return -ENOMEM;
	}
	between = fork();
	if (!between) {
		if (!fork())
			become_warden(pidfd);
		_exit(0);
	}
	close(pidfd);
	while (between > 0 && waitpid(between, NULL, 0) < 0 && errno == EINTR)
		;
	return between < 0 ? -EAGAIN : 0;
}
