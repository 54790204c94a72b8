// SPDX-License-Identifier: GPL-2.0
/*
 * Prints what this kernel is, a line NAME=VALUE a fact.
 *
 * All questions are put in one child, for a fork costs more than most of them. One that hangs past its deadline
 * or kills the child gets 'none', and another child goes on behind it.
 */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "probe.h"
#include "settings.h"

/* Only to end what hangs: no question takes a tenth of a second. */
#define DEADLINE_MS 10000

#define ANSWER_LEN 32

static const struct probe *const groups[] = { probe_machine, probe_uffd, probe_meaning, probe_steps, NULL };

/* The @index-th question of all, NULL behind the last. */
static const struct probe *question(int index)
{
	const struct probe *const *group, *p;

	for (group = groups; *group; group++)
		for (p = *group; p->name; p++)
			if (!index--)
				return p;
	return NULL;
}

/* Asks from @index on, and sends each answer as one message. */
static void ask_all(int index, int to)
{
	const struct probe *p;

	for (; (p = question(index)); index++) {
		char answer[ANSWER_LEN];

		snprintf(answer, sizeof(answer), "%s", p->ask(p->arg));
		if (write(to, answer, sizeof(answer)) != sizeof(answer))
			return;
	}
}

static bool take_answer(int from, char *answer)
{
	struct pollfd ready = { .fd = from, .events = POLLIN };

	while (poll(&ready, 1, DEADLINE_MS) < 0)
		if (errno != EINTR)
			return false;
	return ready.revents & POLLIN && read(from, answer, ANSWER_LEN) == ANSWER_LEN;
}

static void print_fact(int index, const char *value)
{
	printf("%s=%s\n", question(index)->name, value);
	fflush(stdout);
}

/* Prints answers from @index on until one stays out; returns its index, or one behind the last. */
static int ask_in_child(int index)
{
	char answer[ANSWER_LEN];
	int answers[2];
	pid_t pid;

	if (pipe(answers))
		return index;
	pid = fork();
	if (!pid) {
		close(answers[0]);
		setpgid(0, 0);
		ask_all(index, answers[1]);
		_exit(0);
	}
	close(answers[1]);
	while (pid > 0 && question(index) && take_answer(answers[0], answer))
		print_fact(index++, answer);
	if (pid > 0) {
		/* The group: a question may have started processes. */
		kill(pid, SIGKILL);
		kill(-pid, SIGKILL);
		waitpid(pid, NULL, 0);
	}
	close(answers[0]);
	return index;
}

int main(void)
{
	int index = 0;

	/* The facts are those that the cases meet, and they ask for the same. Without root both do without. */
	settings_quiet();
	while (question(index)) {
		index = ask_in_child(index);
		if (question(index))
			print_fact(index++, NONE);
	}
	settings_restore();
	return 0;
}
