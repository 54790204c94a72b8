/* SPDX-License-Identifier: GPL-2.0 */
/*
 * child - a program in a session of its own, with its output in a pipe, a deadline, and no survivors.
 *
 * A session and not a process group, for the test harness gives each test a group. Who wants to outlive the program
 * for a moment (one that puts settings back) makes a session of its own: child_end() lets those finish, kills the rest.
 * The caller must be its descendants' reaper (child_prepare()). Others may run beside it: what they print waits in their
 * pipes until they are followed.
 */
#ifndef LAB_CHILD_H
#define LAB_CHILD_H

#include <stddef.h>
#include <sys/types.h>

enum child_end {
	CHILD_EXITED,		/* status holds what waitpid() said */
	CHILD_TIMEOUT,
	CHILD_INTERRUPTED,	/* SIGINT or SIGTERM came */
	CHILD_STOPPED,		/* the line function asked for it */
};

struct child {
	pid_t pid;		/* the session's id too */
	int out;		/* the reading end of its standard output and error */
	int signals;
	int status;
	int exited;
	struct child *beside;	/* the next of those that run too, or NULL: their ends are noted, their processes spared */
	size_t used;
	char text[8192];	/* a line that isn't complete yet */
};

/*
 * Lines come without their newline; longer ones than text are cut into several. idle() is called when there is no more
 * to read for now. Either may return non-zero to end the child. beside(), where there is one, may start others.
 */
struct child_reader {
	int (*line)(void *context, const char *line, size_t len);
	int (*idle)(void *context);
	void (*beside)(void *context);
	void *context;
};

/* Once a process: makes it the reaper, takes SIGINT, SIGTERM and SIGCHLD. Returns a descriptor or a negative errno. */
int child_prepare(void);

/* Returns 0 or a negative errno; that of an exec that fails is told by the child itself, which then exits 127. */
int child_start(struct child *c, int signals, char *const argv[]);

/* Reads until the program itself is gone. deadline in seconds, 0: none. */
enum child_end child_follow(struct child *c, const struct child_reader *reader, unsigned int deadline);

/* Calls see(context, pid) for each process of the child's session. */
void child_each(const struct child *c, void (*see)(void *context, pid_t pid), void *context);

/* Kills what is left, reaps, reads the rest. Returns the number of processes that had to be left behind. */
int child_end(struct child *c, const struct child_reader *reader);

#endif
