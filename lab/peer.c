// SPDX-License-Identifier: GPL-2.0
/*
 * peer [-n N] PROGRAM [ARGUMENT...]: runs a group of the kernel's own selftests, which want an area to swap to.
 *
 * With -n only the first N tests, for there are some that no argument of the program selects: it is ended when it has
 * told their results. Exits as the program does; when it was ended: 0, or 1 if a test failed.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../common/settings.h"
#include "../common/swap.h"

#define EXIT_CANNOT_RUN 127

static FILE *start(char *argv[], pid_t *pid)
{
	int ends[2];

	if (pipe(ends))
		return NULL;
	*pid = fork();
	if (!*pid) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		dup2(ends[1], STDOUT_FILENO);
		close(ends[0]);
		close(ends[1]);
		execv(argv[0], argv);
		_exit(EXIT_CANNOT_RUN);
	}
	close(ends[1]);
	return *pid < 0 ? NULL : fdopen(ends[0], "r");
}

/* Hands on what it says. Returns -1 when it has come to its end, else how many of the first @most tests failed. */
static int follow(FILE *in, long most)
{
	int failed = 0;
	char *line = NULL;
	size_t room = 0;

	while (getline(&line, &room, in) > 0) {
		fputs(line, stdout);
		fflush(stdout);
		failed += !strncmp(line, "not ok ", 7);
		if ((!strncmp(line, "ok ", 3) || !strncmp(line, "not ok ", 7)) && !--most)
			return failed;
	}
	return -1;
}

static int run(char *argv[], long most)
{
	int status, failed;
	pid_t pid;
	FILE *in = start(argv, &pid);

	if (!in)
		return EXIT_CANNOT_RUN;
	failed = follow(in, most);
	if (failed >= 0)
		kill(pid, SIGKILL);
	waitpid(pid, &status, 0);
	if (failed >= 0)
		return failed > 0;
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

int main(int argc, char *argv[])
{
	long most = 0;
	int status;

	if (argc > 2 && !strcmp(argv[1], "-n")) {
		most = strtol(argv[2], NULL, 10);
		argv += 2;
		argc -= 2;
	}
	if (argc < 2)
		return EXIT_CANNOT_RUN;
	swap_prepare();
	status = run(argv + 1, most);
	settings_restore();
	return status;
}
