// SPDX-License-Identifier: GPL-2.0
#include <dirent.h>
#include <errno.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "process.h"

#define SPIN_CPU_SECONDS 2

int in_a_child(int (*fn)(void))
{
	pid_t pid = fork();
	int status;

	if (!pid)
		_exit(fn());
	if (pid < 0)
		return -errno;
	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return -errno;
	return WIFEXITED(status) ? WEXITSTATUS(status) : -EINTR;
}

struct call {
	int (*fn)(void *arg);
	void *arg;
};

static int make_call(void *call)
{
	const struct call *c = call;

	return -c->fn(c->arg);
}

/* Has @pid burnt its share of processor time? */
static bool spins(pid_t pid)
{
	struct timespec used = { 0 };
	clockid_t clock;

	return !clock_getcpuclockid(pid, &clock) && !clock_gettime(clock, &used) && used.tv_sec >= SPIN_CPU_SECONDS;
}

int in_our_memory(int (*fn)(void *arg), void *arg)
{
	static _Alignas(16) char stack[1 << 14];
	struct call call = { fn, arg };
	int status, err = 0;
	pid_t pid = clone(make_call, stack + sizeof(stack), CLONE_VM | SIGCHLD, &call);
	struct pollfd end = { .events = POLLIN };

	if (pid < 0)
		return -errno;
	end.fd = syscall(__NR_pidfd_open, pid, 0);
	/* A loop in the kernel notices only signals. */
	while (poll(&end, 1, 100) <= 0 && !err)
		if (spins(pid))
			err = kill(pid, SIGKILL) ? -errno : -ETIME;
	close(end.fd);
	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return -errno;
	return err || !WIFEXITED(status) ? -ETIME : -WEXITSTATUS(status);
}

/* The parent and the size of the address space of a process; false when it's gone. */
static bool process_stat(int pid, int *parent, unsigned long *vsize)
{
	char path[32];
	FILE *f;
	int got;

	snprintf(path, sizeof(path), "/proc/%d/stat", pid);
	f = fopen(path, "re");
	if (!f)
		return false;
	/* The name may hold anything but a newline; it ends at the last parenthesis before the state. */
	got = fscanf(f, "%*d (%*[^)]%*[)] %*c %d %*d %*d %*d %*d %*u %*u %*u %*u %*u %*u %*u %*d %*d %*d %*d %*d %*d %*u %lu",
		     parent, vsize);
	fclose(f);
	return got == 2;
}

static bool is_ancestor(int pid)
{
	unsigned long vsize;
	int at = getpid();

	while (at > 0 && at != pid)
		if (!process_stat(at, &at, &vsize))
			return false;
	return at == pid;
}

bool alone_on_machine(void)
{
	DIR *proc = opendir("/proc");
	struct dirent *entry;
	bool alone = proc;

	while (alone && (entry = readdir(proc))) {
		int pid = atoi(entry->d_name), parent;
		unsigned long vsize;

		/* A kernel thread has no address space. */
		if (pid > 0 && process_stat(pid, &parent, &vsize) && vsize && !is_ancestor(pid))
			alone = false;
	}
	if (proc)
		closedir(proc);
	return alone;
}
