// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <unistd.h>

#include "child.h"
#include "runner.h"
#include "section.h"

#define PROBE_DEADLINE 60	/* seconds; the probe needs less than one, but a loaded machine is no failure */
#define EXIT_SKIP 4

struct stream {
	struct sink *sink;
	struct desk *desk;
	struct section section;
	char skip[256];		/* the last reason for a skip that the case gave */
};

/* Not zero ends the case: its output can't be written, or what its section has shown is enough. */
static int flush(void *context)
{
	struct stream *s = context;
	int err = sink_flush(s->sink);

	return err ? err : section_over(&s->section) != NULL;
}

static int fact_line(void *context, const char *line, size_t len)
{
	struct stream *s = context;

	if (len && line[0] >= 'a' && line[0] <= 'z' && memchr(line, '=', len))
		sink_printf(s->sink, "# fact %.*s\n", (int)len, line);
	return s->sink->error;
}

static void remember_skip(struct stream *s, const char *line, size_t len)
{
	const char *mark = memmem(line, len, "# SKIP ", 7);

	if (mark)
		snprintf(s->skip, sizeof(s->skip), "%.*s", (int)(line + len - mark - 7), mark + 7);
}

static int case_line(void *context, const char *line, size_t len)
{
	struct stream *s = context;

	sink_put(s->sink, "  ", 2);
	sink_put(s->sink, line, len);
	sink_put(s->sink, "\n", 1);
	remember_skip(s, line, len);
	section_line(&s->section, line, len);
	return s->sink->error;
}

static int interrupted_or(int err, enum child_end end)
{
	return end == CHILD_INTERRUPTED ? -EINTR : err;
}

static int run_probe(const struct runner *r, struct stream *s)
{
	const struct child_reader reader = { .line = fact_line, .idle = flush, .context = s };
	char *const argv[] = { (char *)r->probe, NULL };
	enum child_end end;
	struct child c;

	if (!r->probe || access(r->probe, X_OK))
		return 0;
	if (child_start(&c, r->signals, argv))
		return 0;
	end = child_follow(&c, &reader, PROBE_DEADLINE);
	child_end(&c, &reader);
	return interrupted_or(s->sink->error, end);
}

static int put_header(const struct runner *r, struct stream *s, const struct plan *plan)
{
	struct utsname u;
	size_t i;
	int err;

	uname(&u);
	sink_printf(s->sink, "KTAP version 1\n# kernel %s\n# arch %s\n", u.release, u.machine);
	err = run_probe(r, s);
	if (err)
		return err;
	for (i = 0; i < plan->nr_notes; i++)
		sink_printf(s->sink, "# %s\n", plan->notes[i]);
	sink_printf(s->sink, "1..%zu\n", plan->nr_cases);
	return sink_flush(s->sink);
}

/* What a hung process is doing, for whoever reads the log: its name and its kernel stack where we may see it. */
static void put_stack(void *context, pid_t pid)
{
	static const char *const files[] = { "comm", "wchan", "syscall", "stack" };
	struct stream *s = context;
	char path[64], line[256];
	size_t i;
	FILE *in;

	for (i = 0; i < sizeof(files) / sizeof(*files); i++) {
		snprintf(path, sizeof(path), "/proc/%d/%s", pid, files[i]);
		in = fopen(path, "re");
		if (!in)
			continue;
		while (fgets(line, sizeof(line), in)) {
			line[strcspn(line, "\n")] = '\0';
			sink_printf(s->sink, "  # hung %d %s: %s\n", pid, files[i], line);
		}
		fclose(in);
	}
}

static void put_result(struct stream *s, size_t number, const char *name, enum child_end end, int status)
{
	const int code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;

	if (end == CHILD_TIMEOUT)
		sink_printf(s->sink, "not ok %zu %s # timeout\n", number, name);
	else if (WIFSIGNALED(status))
		sink_printf(s->sink, "not ok %zu %s # killed by signal %d\n", number, name, WTERMSIG(status));
	else if (code == EXIT_SKIP)
		sink_printf(s->sink, "ok %zu %s # SKIP %s\n", number, name, s->skip);
	else if (code)
		sink_printf(s->sink, "not ok %zu %s # exit=%d\n", number, name, code);
	else
		sink_printf(s->sink, "ok %zu %s\n", number, name);
}

/* The children at work, or done and waiting to be followed: those from the one that is followed to the last started. */
#define AHEAD 8
struct desk {
	const struct runner *runner;
	const struct plan *plan;
	struct child child[AHEAD];
	int start_error[AHEAD];
	size_t followed;	/* numbers of cases */
	size_t started;
};

static struct child *child_of(struct desk *d, size_t i)
{
	return &d->child[i % AHEAD];
}

static int start_next(struct desk *d)
{
	size_t i = d->started++;
	int err = child_start(child_of(d, i), d->runner->signals, d->plan->cases[i].argv);

	d->start_error[i % AHEAD] = err;
	return err;
}

static size_t at_work(struct desk *d)
{
	size_t i, n = 0;

	for (i = d->followed; i < d->started; i++)
		n += !d->start_error[i % AHEAD] && !child_of(d, i)->exited;
	return n;
}

/* May the next case run beside the one that is followed? */
static int may_start(struct desk *d)
{
	const struct plan_case *next = &d->plan->cases[d->started];

	return d->started < d->plan->nr_cases && d->started < d->followed + AHEAD && at_work(d) < d->plan->jobs &&
	       !d->plan->cases[d->followed].alone && !next->alone && !next->set;
}

/* Called while a case is followed: its child is the first of those at work. */
static void start_beside(void *context)
{
	struct stream *s = context;
	struct desk *d = s->desk;
	struct child *last;

	while (may_start(d)) {
		for (last = child_of(d, d->followed); last->beside; last = last->beside)
			;
		if (!start_next(d))
			last->beside = child_of(d, d->started - 1);
	}
}

/* What is started and not followed ends with the run. */
static void end_beside(struct desk *d, struct stream *s)
{
	const struct child_reader reader = { .line = case_line, .idle = flush, .context = s };
	size_t i;

	for (i = d->followed + 1; i < d->started; i++)
		if (!d->start_error[i % AHEAD])
			child_end(child_of(d, i), &reader);
}

static int follow_case(struct desk *d, struct stream *s, const struct plan *plan, size_t i)
{
	const struct child_reader reader = { case_line, flush, start_beside, s };
	struct child *c = child_of(d, i);
	enum child_end end;
	int err, left;

	end = child_follow(c, &reader, plan->deadline);
	if (end == CHILD_TIMEOUT)
		child_each(c, put_stack, s);
	left = child_end(c, &reader);
	if (left)
		sink_printf(s->sink, "  # %d processes of this case can't be killed\n", left);
	if (end == CHILD_STOPPED && !s->sink->error)
		sink_printf(s->sink, "not ok %zu %s # %s\n", i + 1, plan->cases[i].name, section_over(&s->section));
	else if (end != CHILD_INTERRUPTED)
		put_result(s, i + 1, plan->cases[i].name, end, c->status);
	err = sink_flush(s->sink);
	return interrupted_or(err, end);
}

/* Has a case of this name run in this plan before? */
static int has_run(const struct plan *plan, size_t i)
{
	size_t k;

	for (k = 0; k < i; k++)
		if (plan->cases[k].ran && !strcmp(plan->cases[k].name, plan->cases[i].name))
			return 1;
	return 0;
}

static const char *why_not(const struct stream *s, const struct plan *plan, size_t i)
{
	if (s->section.again && !has_run(plan, i))
		return "no section before has run it";
	return section_over(&s->section);
}

static int run_case(struct desk *d, struct stream *s, const struct plan *plan, size_t i)
{
	const char *name = plan->cases[i].name, *over;
	int err;

	s->skip[0] = '\0';
	section_begin(&s->section, s->sink, &plan->cases[i]);
	sink_printf(s->sink, "# case %s\n", name);
	over = why_not(s, plan, i);
	if (over && d->started == i) {
		d->started++;
		sink_printf(s->sink, "ok %zu %s # SKIP %s\n", i + 1, name, over);
		return sink_flush(s->sink);
	}
	plan->cases[i].ran = 1;
	sink_flush(s->sink);
	d->followed = i;
	if (d->started == i)
		start_next(d);
	err = d->start_error[i % AHEAD];
	if (!err)
		return follow_case(d, s, plan, i);
	sink_printf(s->sink, "not ok %zu %s # cannot start: %s\n", i + 1, name, strerror(-err));
	return sink_flush(s->sink);
}

int runner_run(const struct runner *r, const struct plan *plan)
{
	static struct desk d;
	struct stream s = { .sink = r->sink, .desk = &d };
	size_t i;
	int err;

	d.runner = r;
	d.plan = plan;
	err = put_header(r, &s, plan);
	for (i = 0; i < plan->nr_cases && !err; i++) {
		err = run_case(&d, &s, plan, i);
		if (err)
			end_beside(&d, &s);
	}
	if (err)
		return err;
	sink_printf(r->sink, "# end\n");
	return sink_flush(r->sink);
}
