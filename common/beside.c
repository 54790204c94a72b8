// SPDX-License-Identifier: GPL-2.0
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif

#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "beside.h"

#define STACK_SIZE (64 * 1024)

static int enter(void *arg)
{
	struct beside *b = arg;

	const struct rlimit none = { 0 };

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	setrlimit(RLIMIT_CORE, &none);
	if (getppid() != b->parent)
		_exit(ESRCH);
	_exit(-b->deed(b->arg));
}

int beside_start(struct beside *b, bool shares, int (*deed)(void *arg), void *arg)
{
	*b = (struct beside){ .deed = deed, .arg = arg, .parent = getpid(), .stack = malloc(STACK_SIZE) };
	if (!b->stack)
		return -ENOMEM;
	b->pid = clone(enter, b->stack + STACK_SIZE, SIGCHLD | (shares ? CLONE_VM : 0), b);
	if (b->pid >= 0)
		return 0;
	free(b->stack);
	return -errno;
}

int beside_wait(struct beside *b)
{
	int status;

	while (waitpid(b->pid, &status, 0) < 0)
		if (errno != EINTR)
			return -errno;
	free(b->stack);
	if (WIFEXITED(status))
		return -WEXITSTATUS(status);
	return WTERMSIG(status) == SIGSEGV || WTERMSIG(status) == SIGBUS ? -EFAULT : -EINTR;
}

int beside(bool shares, int (*deed)(void *arg), void *arg)
{
	struct beside b;
	int err = beside_start(&b, shares, deed, arg);

	return err ? err : beside_wait(&b);
}

int beside_trace(pid_t tid)
{
	int status;

	if (ptrace(PTRACE_SEIZE, tid, NULL, NULL) || ptrace(PTRACE_INTERRUPT, tid, NULL, NULL))
		return -errno;
	while (waitpid(tid, &status, __WALL) < 0)
		if (errno != EINTR)
			return -errno;
	return 0;
}

static int stop_and_go(void *tid)
{
	int err = beside_trace(*(pid_t *)tid);

	return err || !ptrace(PTRACE_DETACH, *(pid_t *)tid, NULL, NULL) ? err : -errno;
}

int beside_interrupt(pid_t tid)
{
	/* Where Yama asks for it; elsewhere this is an error that changes nothing. */
	prctl(PR_SET_PTRACER, PR_SET_PTRACER_ANY);
	return beside(true, stop_and_go, &tid);
}
