// SPDX-License-Identifier: GPL-2.0
/*
 * A case that behaves as its name says, to see what becomes of the run: passes, fails, skips, panics, stops, leaves, hangs,
 * strays, broods, detaches. Two tests, fake.first and fake.second; the first passes always.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/reboot.h>
#include <unistd.h>

#define EXIT_SKIP 4

static int passes(void)
{
	return 0;
}

static int fails(void)
{
	return 1;
}

static int skips(void)
{
	return EXIT_SKIP;
}

static int panics(void)
{
	int fd = open("/proc/sysrq-trigger", O_WRONLY);

	if (fd < 0 || write(fd, "c", 1) != 1)
		perror("/proc/sysrq-trigger");
	return 1;
}

static int hangs(void)
{
	while (pause())
		;
	return 1;
}

/* Stops the first process: nobody is left who could see a deadline pass. */
static int stops(void)
{
	if (ptrace(PTRACE_SEIZE, 1, 0, 0) || ptrace(PTRACE_INTERRUPT, 1, 0, 0))
		perror("ptrace");
	return hangs();
}

static int leaves(void)
{
	reboot(RB_POWER_OFF);
	return 1;
}

/* Leaves processes behind in groups of their own, as the harness makes them. */
static int strays(void)
{
	int i;

	for (i = 0; i < 3; i++) {
		if (fork())
			continue;
		setpgid(0, 0);
		hangs();
	}
	return 0;
}

/* Hangs, and so do those that it has left behind. */
static int broods(void)
{
	strays();
	return hangs();
}

/* The one that puts settings back: its session outlives the case, its work must get done. */
static int detaches(void)
{
	int gone[2], ready[2];
	char c;

	if (pipe(gone) || pipe(ready))
		return 1;
	if (fork()) {
		close(ready[1]);
		return read(ready[0], &c, 1) != 0;
	}
	setsid();
	close(gone[1]);
	close(ready[0]);
	close(ready[1]);
	if (!read(gone[0], &c, 1))
		printf("# put back after the case\n");
	fflush(stdout);
	_exit(0);
}

static const struct behaviour {
	const char *name;
	int (*act)(void);
} acts[] = {
	{ "passes", passes }, { "fails", fails }, { "skips", skips }, { "panics", panics }, { "stops", stops },
	{ "leaves", leaves }, { "hangs", hangs }, { "strays", strays }, { "broods", broods },
	{ "detaches", detaches },
	{ }
};

static int act(const char *path)
{
	const char *name = strrchr(path, '/');
	const struct behaviour *b;

	name = name ? name + 1 : path;
	for (b = acts; b->name; b++) {
		if (!strcmp(name, b->name))
			return b->act();
	}
	return 1;
}

int main(int argc, char *argv[])
{
	int code;

	setvbuf(stdout, NULL, _IOLBF, 0);
	if (argc > 1 && !strcmp(argv[1], "--list")) {
		puts("fake.first\tWP-PERSISTS\nfake.second\tWP-NEVER-WRITABLE");
		return 0;
	}
	puts("TAP version 13\n1..2\n# covers fake.first WP-PERSISTS\n# covers fake.second WP-NEVER-WRITABLE");
	puts("#  RUN           fake.first ...\nok 1 fake.first\n#  RUN           fake.second ...");
	code = act(argv[0]);
	if (code == EXIT_SKIP)
		puts("ok 2 fake.second # SKIP nothing to do here");
	else
		printf("%s 2 fake.second\n", code ? "not ok" : "ok");
	return code;
}
