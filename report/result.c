// SPDX-License-Identifier: GPL-2.0
/* Plans and results, of cases and of tests. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE		/* strcasestr */
#endif
#include <string.h>

#include "reader.h"

#define NAME_BYTES "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-"

/* "selftests: DIR: NAME" is what run_kselftest.sh calls a case. */
const char *reader_case_name(const char *name)
{
	const char *colon;

	while ((colon = strstr(name, ": ")))
		name = colon + 2;
	return name;
}

/* The test that was running when its case ended, by how it ended. */
static void end_running(struct reader *rd)
{
	struct test *test = rd->running;
	const struct test_case *in = rd->in;

	if (!test)
		return;
	rd->running = NULL;
	if (in->ok)
		return;
	if (strcasestr(in->remark, "timeout") && !test_has_class(test, HANG))
		test_fails(test, HANG, text_of("its case was ended while it ran: %s", in->remark));
	else if (after(in->remark, "killed by signal") && !test_has_class(test, CRASH))
		test_fails(test, CRASH, text_of("its case died while it ran: %s", in->remark));
	else
		test->reason = text_of("its case ended while it ran: %s", *in->remark ? in->remark : "not ok");
}

static void take_case_result(struct reader *rd, const struct ktap_line *line)
{
	struct test_case *in = rd->in ?: case_add(rd->run, "");

	rd->in = in;
	if (!in->begun_by_name)
		in->name = copy_of(reader_case_name(line->name));
	in->closed = true;
	in->ok = line->ok;
	in->skipped |= line->directive == KTAP_SKIP;
	/* What the case said itself, by "1..0 # SKIP" or Bail out, is better than the runner's word. */
	if (!*in->remark)
		in->remark = copy_of(line->remark);
	end_running(rd);
	rd->in = NULL;
}

/*
 * A dying guest's console tears lines: half a name, a name with a kernel message behind it, half a
 * directive. Such a line is no result, least of all a pass.
 */
static bool is_torn(const struct ktap_line *line, const struct test *running)
{
	size_t len = strlen(line->name);

	if (!len || line->name[length_of(line->name, NAME_BYTES)])
		return true;
	if (running && len < strlen(running->name) && after(running->name, line->name))
		return true;
	return line->directive == KTAP_NO_DIRECTIVE && line->half_directive;
}

static void take_test_result(struct reader *rd, const struct ktap_line *line)
{
	struct test_case *in = reader_case(rd, line->nested);
	struct test *test = rd->running;
	bool passed = line->ok && line->directive == KTAP_NO_DIRECTIVE;

	if (is_torn(line, test))
		return;
	if (!test || strcmp(test->name, line->name))
		test = test_add(in, line->name);
	rd->running = NULL;
	if (test->outcome == FAILED)
		return;			/* a violation counts, whatever the result line says */
	if (passed) {
		test->outcome = PASSED;
	} else if (line->directive == KTAP_SKIP) {
		test->outcome = SKIPPED;
		test->reason = copy_of(*line->remark ? line->remark : "no reason given");
	} else {
		test_fails(test, INTERFACE, "not ok without a violation; what the test said:");
	}
}

void result_take(struct reader *rd, const struct ktap_line *line)
{
	const struct test_case *in = rd->in;

	if (line->nested)
		take_test_result(rd, line);
	else if (in ? in->begun_by_name || in->nested : rd->run->case_count)
		take_case_result(rd, line);
	else
		take_test_result(rd, line);
}

void plan_take(struct reader *rd, const struct ktap_line *line)
{
	struct run *run = rd->run;
	bool skips_all = !line->planned && line->directive == KTAP_SKIP;
	struct test_case *in;

	if (!line->nested && !skips_all && (!rd->in || rd->in->begun_by_name || rd->in->nested)) {
		run->has_plan = true;
		run->planned = line->planned;
		return;
	}
	in = reader_case(rd, line->nested);
	in->has_plan = true;
	in->planned = line->planned;
	if (skips_all) {
		in->skipped = true;
		in->remark = copy_of(*line->remark ? line->remark : "no reason given");
	}
}

void bail_out_take(struct reader *rd, const struct ktap_line *line)
{
	if (rd->in && (line->nested || !rd->in->begun_by_name))
		rd->in->remark = text_of("Bail out! %s", line->remark);
}
