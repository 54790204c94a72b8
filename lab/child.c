// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "child.h"
#include "proc.h"
#include "warden.h"

#define MSEC_PER_SEC 1000
#define PIPE_ROOM (1 << 20)
#define GRACE_MS (10 * MSEC_PER_SEC)	/* for those that put settings back */

static long long now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}

int child_prepare(void)
{
	sigset_t set;
	int fd;

	if (prctl(PR_SET_CHILD_SUBREAPER, 1))
		return -errno;
	/* A background job of a shell ignores SIGINT, and an ignored signal never gets to a signalfd. */
	signal(SIGINT, SIG_DFL);
	signal(SIGTERM, SIG_DFL);
	signal(SIGCHLD, SIG_DFL);
	signal(SIGPIPE, SIG_IGN);
	sigemptyset(&set);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGCHLD);
	if (sigprocmask(SIG_BLOCK, &set, NULL))
		return -errno;
	fd = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
	return fd < 0 ? -errno : fd;
}

static void become(int out, char *const argv[])
{
	int null = open("/dev/null", O_RDONLY | O_CLOEXEC);
	sigset_t none;

	setsid();
	/* Before it is under guard. */
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (null >= 0)
		dup2(null, STDIN_FILENO);
	dup2(out, STDOUT_FILENO);
	dup2(out, STDERR_FILENO);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	signal(SIGPIPE, SIG_DFL);
	signal(SIGXFSZ, SIG_DFL);
	execv(argv[0], argv);
	dprintf(STDOUT_FILENO, "# cannot run %s: %s\n", argv[0], strerror(errno));
	_exit(127);
}

int child_start(struct child *c, int signals, char *const argv[])
{
	int ends[2];

	if (pipe2(ends, O_CLOEXEC))
		return -errno;
	c->signals = signals;
	c->status = 0;
	c->exited = 0;
	c->beside = NULL;
	c->used = 0;
	c->out = ends[0];
	c->pid = fork();
	if (!c->pid)
		become(ends[1], argv);
	close(ends[1]);
	if (c->pid < 0) {
		close(ends[0]);
		return -errno;
	}
	warden_guard(c->pid);
	fcntl(c->out, F_SETFL, O_NONBLOCK);
	/* Room for what it prints before it is followed; where there is less, it waits. */
	fcntl(c->out, F_SETPIPE_SZ, PIPE_ROOM);
	return 0;
}

static int give_lines(struct child *c, const struct child_reader *reader)
{
	char *line = c->text, *newline;
	size_t left = c->used;
	int stop = 0;

	while (!stop && left) {
		newline = memchr(line, '\n', left);
		if (!newline && left < sizeof(c->text))
			break;
		if (!newline) {
			stop = reader->line(reader->context, line, left);
			left = 0;
			break;
		}
		stop = reader->line(reader->context, line, newline - line);
		left -= newline + 1 - line;
		line = newline + 1;
	}
	memmove(c->text, line, left);
	c->used = left;
	return stop;
}

/* Returns 1 when the pipe is at its end or the reader wants to stop, else 0. */
static int read_output(struct child *c, const struct child_reader *reader)
{
	ssize_t n;

	for (;;) {
		n = read(c->out, c->text + c->used, sizeof(c->text) - c->used);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return reader->idle(reader->context) != 0;
		if (!n)
			return 1;
		c->used += n;
		if (give_lines(c, reader))
			return 1;
	}
}

static void note_end(struct child *c, pid_t pid, int status)
{
	for (; c; c = c->beside) {
		if (pid != c->pid)
			continue;
		c->exited = 1;
		c->status = status;
	}
}

/* Returns 1 when the user wants it to end. */
static int take_signals(struct child *c)
{
	struct signalfd_siginfo info;
	int interrupted = 0;
	int status;
	pid_t pid;

	while (read(c->signals, &info, sizeof(info)) == sizeof(info))
		interrupted |= info.ssi_signo != SIGCHLD;
	while ((pid = waitpid(-1, &status, WNOHANG)) > 0)
		note_end(c, pid, status);
	return interrupted;
}

enum child_end child_follow(struct child *c, const struct child_reader *reader, unsigned int deadline)
{
	struct pollfd fds[] = { { .fd = c->signals, .events = POLLIN }, { .fd = c->out, .events = POLLIN } };
	long long end = now_ms() + deadline * 1000LL;
	long long left = -1;

	for (;;) {
		if (deadline) {
			left = end - now_ms();
			if (left <= 0)
				return CHILD_TIMEOUT;
		}
		if (reader->beside)
			reader->beside(reader->context);
		/* It may have ended while another one was followed. */
		if (!c->exited)
			poll(fds, 2, left > 60 * MSEC_PER_SEC ? 60 * MSEC_PER_SEC : left);
		if (take_signals(c))
			return CHILD_INTERRUPTED;
		if (fds[1].fd >= 0 && fds[1].revents && read_output(c, reader)) {
			/* It may close its output and live on: only the signal tells now. */
			fds[1].fd = -1;
			if (reader->idle(reader->context))
				return CHILD_STOPPED;
		}
		if (c->exited)
			return CHILD_EXITED;
	}
}

struct survivors {
	const struct child *child;
	int in_session, adopted;
	int kill_session, kill_adopted;
	void (*see)(void *context, pid_t pid);
	void *context;
};

static int is_beside(const struct child *c, pid_t session)
{
	while ((c = c->beside))
		if (c->pid == session)
			return 1;
	return 0;
}

static void look_at(void *context, pid_t pid)
{
	struct survivors *s = context;
	pid_t parent, session;
	char state;

	if (proc_info(pid, &state, &parent, &session) || state == 'Z')
		return;
	if (session == s->child->pid) {
		s->in_session++;
		if (s->see)
			s->see(s->context, pid);
		if (s->kill_session)
			kill(pid, SIGKILL);
	} else if (parent == getpid() && !is_beside(s->child, session)) {
		s->adopted++;
		if (s->kill_adopted)
			kill(pid, SIGKILL);
	}
}

static void look_around(struct survivors *s)
{
	s->in_session = 0;
	s->adopted = 0;
	proc_each(look_at, s);
}

void child_each(const struct child *c, void (*see)(void *context, pid_t pid), void *context)
{
	struct survivors s = { .child = c, .see = see, .context = context };

	look_around(&s);
}

static void kill_survivors(struct child *c, struct survivors *s)
{
	struct pollfd fd = { .fd = c->signals, .events = POLLIN };
	long long start = now_ms(), waited;

	s->kill_session = 1;
	do {
		look_around(s);
		take_signals(c);
		if (!s->in_session && !s->adopted)
			return;
		/* Somebody else's child may be the survivor, whose end sends us no signal: look again now and then. */
		poll(&fd, 1, 20);
		waited = now_ms() - start;
		s->kill_adopted = waited > GRACE_MS;
	} while (waited < 2 * GRACE_MS);
}

int child_end(struct child *c, const struct child_reader *reader)
{
	struct survivors s = { .child = c };

	kill_survivors(c, &s);
	warden_dismiss(c->pid);
	read_output(c, reader);
	if (c->used)
		reader->line(reader->context, c->text, c->used);
	reader->idle(reader->context);
	close(c->out);
	return s.in_session + s.adopted;
}
