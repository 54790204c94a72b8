// SPDX-License-Identifier: GPL-2.0
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "process.h"

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
