// SPDX-License-Identifier: GPL-2.0
/*
 * progress TESTS NAME: copies a stream of KTAP, and keeps on the terminal's last line how far it is and how long it may take.
 *
 * The line is drawn on standard error, only between two lines of the stream, for both may be the same terminal. Started only
 * when standard error is one. TESTS is how many results are expected, NAME what runs.
 */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#define REDRAW_MS 1000
#define ERASE "\r\033[K"
#define ENOUGH 10		/* results, before a guess at the rest is worth showing */

struct progress {
	const char *name;
	long tests;
	long done;
	long failed;
	time_t first;		/* when the first case began, 0: not yet */
	char in[64];		/* that case's name */
	bool coloured;
	bool drawn;
};

static time_t now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec;
}

/* A result is a case's own line, indented; the stream's lines tell which case it is. */
static void take(struct progress *p, const char *line)
{
	const char *text = line + strspn(line, " ");

	if (!strncmp(line, "# case ", 7)) {
		snprintf(p->in, sizeof(p->in), "%.*s", (int)strcspn(line + 7, "\n"), line + 7);
		if (!p->first)
			p->first = now();
	}
	if (text == line)
		return;
	p->done += !strncmp(text, "ok ", 3) || !strncmp(text, "not ok ", 7);
	p->failed += !strncmp(text, "not ok ", 7);
}

static int columns(void)
{
	struct winsize size;

	return ioctl(STDERR_FILENO, TIOCGWINSZ, &size) || size.ws_col < 20 ? 80 : size.ws_col;
}

static void put_time(FILE *out, const char *before, long seconds, const char *behind)
{
	fprintf(out, "%s%ld:%02ld%s", before, seconds / 60, seconds % 60, behind);
}

static void describe(FILE *out, const struct progress *p)
{
	const long elapsed = p->first ? now() - p->first : 0;

	fprintf(out, "%s: ", p->name);
	if (!p->first) {
		fputs("starting", out);
		return;
	}
	fprintf(out, "%ld/%ld  %s", p->done, p->tests, p->in);
	if (p->failed)
		fprintf(out, "  %ld not ok", p->failed);
	put_time(out, "  ", elapsed, "");
	if (p->done >= ENOUGH && p->done < p->tests)
		put_time(out, ", about ", elapsed * (p->tests - p->done) / p->done, " left");
}

static void draw(struct progress *p)
{
	char line[256] = "";
	FILE *out = fmemopen(line, sizeof(line), "w");

	if (!out)
		return;
	describe(out, p);
	fclose(out);
	fprintf(stderr, ERASE "%s%.*s%s", p->coloured && p->failed ? "\033[31m" : "", columns() - 1, line,
		p->coloured && p->failed ? "\033[0m" : "");
	p->drawn = true;
}

static void erase(struct progress *p)
{
	if (p->drawn)
		fputs(ERASE, stderr);
	p->drawn = false;
}

static bool is_quiet(int timeout)
{
	struct pollfd in = { .fd = STDIN_FILENO, .events = POLLIN };

	return poll(&in, 1, timeout) == 0;
}

/* What was read and is no whole line yet. One too long to be of interest is cut. */
struct input {
	char at[8192];
	size_t len;
};

static void take_lines(struct progress *p, struct input *input)
{
	char *line = input->at, *end;

	input->at[input->len] = '\0';
	for (; (end = strchr(line, '\n')); line = end + 1) {
		*end = '\0';
		take(p, line);
	}
	input->len = strlen(line);
	if (input->len >= sizeof(input->at) / 2)
		input->len = 0;
	memmove(input->at, line, input->len);
}

/* Copies what is there; 0 at the end, 2 when it can't be written. -1: go on. */
static int copy(struct progress *p, struct input *input)
{
	char *to = input->at + input->len;
	ssize_t got = read(STDIN_FILENO, to, sizeof(input->at) - 1 - input->len);

	if (got <= 0)
		return got < 0 && errno == EINTR ? -1 : 0;
	erase(p);
	if (fwrite(to, 1, got, stdout) != (size_t)got || fflush(stdout))
		return 2;
	input->len += got;
	take_lines(p, input);
	if (!input->len && is_quiet(0))
		draw(p);
	return -1;
}

int main(int argc, char **argv)
{
	const char *no_color = getenv("NO_COLOR");
	struct progress p = { 0 };
	struct input input = { 0 };
	int status;

	if (argc != 3) {
		fprintf(stderr, "usage: progress TESTS NAME < run.ktap\n");
		return 2;
	}
	p.tests = atol(argv[1]);
	p.name = argv[2];
	p.coloured = !no_color || !*no_color;
	/* Ctrl-C ends whoever writes the stream; this ends with it. */
	signal(SIGINT, SIG_IGN);
	draw(&p);
	do {
		while (!input.len && is_quiet(REDRAW_MS))
			draw(&p);
		status = copy(&p, &input);
	} while (status < 0);
	erase(&p);
	return status;
}
