// SPDX-License-Identifier: GPL-2.0
/* The stream's own lines: its header, its cases, how it ended. */
#include <stdlib.h>
#include <string.h>

#include "reader.h"

/* Ten times what a probe gives: a stream with more is broken, and must not take hours. */
#define FACTS_MAX 1000

struct test_case *reader_case(struct reader *rd, bool nested)
{
	struct run *run = rd->run;

	if (!rd->in) {
		rd->in = case_add(run, "");
		if (!nested && run->has_plan) {
			/* A case by hand: what looked like the stream's plan was its own. */
			rd->in->has_plan = true;
			rd->in->planned = run->planned;
			run->has_plan = false;
		}
	}
	rd->in->nested |= nested;
	return rd->in;
}

static void begin_case(struct reader *rd, const char *name)
{
	/* Of several shards more than one may have lost its guest. */
	if (rd->run->death.how)
		death_take(rd);
	rd->running = NULL;
	rd->block = NULL;
	rd->in = case_add(rd->run, name);
	rd->in->begun_by_name = true;
}

static void take_kernel(struct reader *rd, const char *text)
{
	const char *before = facts_get(&rd->run->facts, "kernel");

	if (before && strcmp(before, text))
		die_at(STREAM, rd->line, "another kernel's run begins here: give it one kernel's stream at a time");
	facts_set(&rd->run->facts, "kernel", text);
}

static void take_arch(struct reader *rd, const char *text)
{
	facts_set(&rd->run->facts, "arch", text);
}

/* "NAME=VALUE" */
static void take_fact(struct reader *rd, const char *text)
{
	const char *equals = strchr(text, '=');

	if (rd->run->facts.count == FACTS_MAX)
		die_at(STREAM, rd->line, "more facts than any probe gives: no run looks like this, make it again");
	if (equals)
		facts_set(&rd->run->facts, copy_of_n(text, equals - text), equals + 1);
}

static void take_selection(struct reader *rd, const char *text)
{
	char *rest = copy_of(text), *glob;

	while ((glob = strsep(&rest, " ")))
		if (*glob)
			strings_add(&rd->run->selection, glob);
}

static void take_case(struct reader *rd, const char *text)
{
	rd->native = true;
	begin_case(rd, text);
}

/* run_kselftest.sh's twin of "# case". */
static void take_selftest(struct reader *rd, const char *text)
{
	begin_case(rd, reader_case_name(text));
}

static void take_end(struct reader *rd, const char *text)
{
	if (*text)
		return;
	rd->native = true;
	rd->end_seen = true;
}

static void take_guest(struct reader *rd, const char *text)
{
	rd->run->death.how = copy_of(text);
}

static void take_console(struct reader *rd, const char *text)
{
	strings_add(&rd->run->death.console, copy_of(text));
}

/* Lines that only the stream itself prints; false when @text is none of them. */
static bool take_stream_line(struct reader *rd, const char *text)
{
	static const struct {
		const char *begin;
		void (*take)(struct reader *rd, const char *rest);
	} lines[] = {
		{ "# kernel ", take_kernel }, { "# arch ", take_arch }, { "# fact ", take_fact },
		{ "# selection ", take_selection }, { "# case ", take_case }, { "# selftests: ", take_selftest },
		{ "# end", take_end }, { "# guest ", take_guest }, { "# console ", take_console },
	};

	for (size_t i = 0; i < ARRAY_SIZE(lines); i++) {
		const char *rest = after(text, lines[i].begin);

		if (!rest)
			continue;
		lines[i].take(rd, rest);
		return true;
	}
	return false;
}

static void take_line(struct reader *rd, const char *text)
{
	struct ktap_line line;

	ktap_parse(&line, text);
	if (line.kind == KTAP_NOISE)
		return;
	if (line.kind == KTAP_DIAGNOSTIC) {
		if (line.nested || !take_stream_line(rd, line.text))
			said_take(rd, &line);
		return;
	}
	rd->any_ktap = true;
	rd->block = NULL;
	if (line.kind == KTAP_RESULT)
		result_take(rd, &line);
	else if (line.kind == KTAP_PLAN)
		plan_take(rd, &line);
	else if (line.kind == KTAP_BAIL_OUT)
		bail_out_take(rd, &line);
}

void run_read(struct run *run, const struct expected *expected, FILE *in)
{
	struct reader rd = { .run = run, .expected = expected };
	bool whole;
	char *line;

	while ((line = read_line(in, STREAM, &whole))) {
		rd.line++;
		/* A case's line without its newline is what a dying guest didn't get out. */
		if (whole || line[0] != ' ')
			take_line(&rd, line);
		free(line);
	}
	reader_finish(&rd);
}
