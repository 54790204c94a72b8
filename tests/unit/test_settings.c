// SPDX-License-Identifier: GPL-2.0
/*
 * What is set comes back, on every way out. The 'settings' are temporary files: the interface takes any.
 */
#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "../../common/ledger.h"
#include "../../common/settings.h"

#define DEADLINE_SECONDS 20

static char dir[64], one[80], two[80];

static bool reads(const char *path, const char *value)
{
	char text[64];

	return !settings_get(path, text, sizeof(text)) && !strcmp(text, value);
}

static bool comes_back(const char *path, const char *value)
{
	time_t end = time(NULL) + DEADLINE_SECONDS;

	while (!reads(path, value) && time(NULL) < end)
		sched_yield();
	return reads(path, value);
}

/* A child in a process group of its own that runs @act, says so, and waits to be killed. */
static pid_t start(void (*act)(void))
{
	int said[2];
	char byte;
	pid_t pid;

	if (pipe(said))
		return -1;
	pid = fork();
	if (!pid) {
		setpgid(0, 0);
		act();
		if (write(said[1], "", 1) == 1)
			pause();
		_exit(1);
	}
	close(said[1]);
	if (read(said[0], &byte, 1) != 1)
		pid = -1;
	close(said[0]);
	return pid;
}

static void end(pid_t pid)
{
	kill(-pid, SIGKILL);
	waitpid(pid, NULL, 0);
}

static void set_one(void)
{
	settings_set(one, "b");
}

static void set_both_twice(void)
{
	settings_set(one, "b");
	settings_set(two, "b");
	settings_set(one, "c");
	settings_set(two, "c");
}

/* The owner's child inherits what it has open and outlives it in its own session; its number is in two. */
static void set_one_and_fork(void)
{
	char number[16];
	pid_t pid;

	settings_set(one, "b");
	pid = fork();
	if (!pid) {
		setsid();
		pause();
		_exit(0);
	}
	snprintf(number, sizeof(number), "%d", pid);
	settings_write(two, number);
}

static bool restore_gives_back_in_order(void)
{
	bool changed;

	set_both_twice();
	changed = reads(one, "c") && reads(two, "c");
	return !settings_restore() && changed && reads(one, "a") && reads(two, "a");
}

static bool held(const char *path)
{
	struct ledger l;
	bool holds;

	if (ledger_lock(&l))
		return true;
	holds = ledger_holds(&l, path);
	ledger_unlock(&l);
	return holds;
}

static bool equal_value_is_no_change(void)
{
	return !settings_set(one, "a") && !held(one) && !settings_restore();
}

static bool refused_change_leaves_nothing(void)
{
	char missing[96];

	snprintf(missing, sizeof(missing), "%s/none/none", dir);
	return settings_set(missing, "b") == -ENOENT && settings_set("/proc/version", "b") < 0 &&
	       !held(missing) && !held("/proc/version") && !settings_restore();
}

static bool killed_group_gives_back(void)
{
	pid_t pid = start(set_both_twice);
	bool changed = reads(one, "c") && reads(two, "c");

	end(pid);
	return changed && comes_back(one, "a") && comes_back(two, "a");
}

static bool plain_exit_gives_back(void)
{
	pid_t pid = fork();

	if (!pid) {
		set_one();
		_exit(reads(one, "b") ? 0 : 1);
	}
	return waitpid(pid, NULL, 0) == pid && comes_back(one, "a");
}

static bool surviving_child_does_not_matter(void)
{
	pid_t pid = start(set_one_and_fork);
	bool fits = reads(one, "b");
	char child[16] = "";

	settings_get(two, child, sizeof(child));
	end(pid);
	fits = fits && comes_back(one, "a");
	return atoi(child) > 1 && !kill(atoi(child), SIGKILL) && fits;
}

static bool fork_child_has_its_own(void)
{
	pid_t pid;
	bool fits;

	settings_set(one, "b");
	pid = fork();
	if (!pid) {
		settings_set(two, "b");
		_exit(settings_restore() || !reads(two, "a") || !reads(one, "b"));
	}
	fits = waitpid(pid, NULL, 0) == pid && reads(one, "b");
	return !settings_restore() && fits && reads(one, "a");
}

/* The guardian whose line for @path came first, 0 when there is none. */
static pid_t first_guardian(const char *path)
{
	struct ledger l;
	pid_t pid = 0;
	size_t i;

	if (ledger_lock(&l))
		return 0;
	for (i = l.count; i-- > 0;)
		if (l.undo[i].state == 'a' && !strcmp(l.undo[i].path, path))
			pid = l.undo[i].by.pid;
	ledger_unlock(&l);
	return pid;
}

/* Two runs at a time: the first to come is the first to go. */
static bool first_out_leaves_the_other_alone(void)
{
	pid_t first = start(set_one), guardian = first_guardian(one);
	time_t deadline = time(NULL) + DEADLINE_SECONDS;
	bool fits;

	settings_set(one, "c");
	end(first);
	while (first_guardian(one) == guardian && time(NULL) < deadline)
		sched_yield();
	fits = guardian && first_guardian(one) != guardian && reads(one, "c");
	return !settings_restore() && fits && reads(one, "a");
}

static bool last_in_is_first_out(void)
{
	pid_t second;
	bool fits;

	settings_set(one, "c");
	second = start(set_one);
	fits = reads(one, "b");
	end(second);
	fits = fits && comes_back(one, "c");
	return !settings_restore() && fits && reads(one, "a");
}

/* What a killed guardian leaves is undone by whoever changes something next. */
static bool killed_guardian_is_replaced(void)
{
	pid_t pid = start(set_one), guardian = first_guardian(one);

	if (guardian < 2 || kill(guardian, SIGKILL))
		return false;
	while (ledger_born(guardian))
		sched_yield();
	end(pid);
	settings_set(two, "b");
	return comes_back(one, "a") && !settings_restore() && reads(two, "a");
}

static bool chosen_word_is_the_value(void)
{
	char word[16], small[3];

	settings_write(one, "always [madvise] never");
	settings_set(two, "always [madvise] never");
	return !settings_get(one, word, sizeof(word)) && !strcmp(word, "madvise") &&
	       settings_get(one, small, sizeof(small)) == -ENAMETOOLONG &&
	       !settings_restore() && reads(two, "a") && !settings_write(one, "a");
}

static bool nothing_is_left_in_the_ledger(void)
{
	return !held(one) && !held(two);
}

static bool make(const char *path)
{
	FILE *f = fopen(path, "we");
	bool made = f && fputs("a\n", f) >= 0;

	return f && !fclose(f) && made;
}

#define TEST(name) { name, #name }

static const struct {
	bool (*run)(void);
	const char *name;
} tests[] = {
	TEST(restore_gives_back_in_order),
	TEST(equal_value_is_no_change),
	TEST(refused_change_leaves_nothing),
	TEST(killed_group_gives_back),
	TEST(plain_exit_gives_back),
	TEST(surviving_child_does_not_matter),
	TEST(fork_child_has_its_own),
	TEST(first_out_leaves_the_other_alone),
	TEST(last_in_is_first_out),
	TEST(killed_guardian_is_replaced),
	TEST(chosen_word_is_the_value),
	TEST(nothing_is_left_in_the_ledger),
	{ 0 }
};

int main(void)
{
	int failed = 0, i, count = 0;

	snprintf(dir, sizeof(dir), "/tmp/test_settings.XXXXXX");
	if (!mkdtemp(dir))
		return 1;
	snprintf(one, sizeof(one), "%s/one", dir);
	snprintf(two, sizeof(two), "%s/two", dir);
	while (tests[count].run)
		count++;
	printf("TAP version 13\n1..%d\n", count);
	for (i = 0; i < count; i++) {
		bool ok = make(one) && make(two);

		fflush(stdout);
		ok = ok && tests[i].run();
		failed += !ok;
		printf("%sok %d %s\n", ok ? "" : "not ", i + 1, tests[i].name);
	}
	unlink(one);
	unlink(two);
	rmdir(dir);
	return failed ? 1 : 0;
}
