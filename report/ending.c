// SPDX-License-Identifier: GPL-2.0
/* How a stream ended: in its own time, or because the guest did. */
#include <string.h>

#include "reader.h"

static size_t results_of(const struct test_case *in)
{
	size_t results = 0;

	for (size_t i = 0; i < in->test_count; i++)
		results += in->tests[i]->outcome != NO_RESULT;
	return results;
}

/* A case by hand has no result line of its own: it has ended when its plan is fulfilled. */
static void close_case_by_hand(struct reader *rd)
{
	struct test_case *in = rd->in;

	if (!in || in->begun_by_name || in->nested || rd->running)
		return;
	in->closed = in->skipped || (in->has_plan && results_of(in) >= in->planned);
	in->ok = in->closed;
	if (in->closed)
		rd->in = NULL;
}

static bool has_ended(const struct reader *rd)
{
	if (rd->native)
		return rd->end_seen;
	return !rd->in && !rd->running && (!rd->run->has_plan || rd->run->case_count >= rd->run->planned);
}

void death_take(struct reader *rd)
{
	struct death *death = &rd->run->death;
	const struct requirement *log = expected_find(rd->expected, "AC-LOG");
	enum class class;
	char *why;

	death->how = death->how ?: "unknown";
	class = !strcmp(death->how, "hang") ? HANG : CRASH;
	death->during = rd->running;
	why = text_of("guest ended (%s) %s; the console's last lines are at 'guest'", death->how,
		      rd->running ? "while this test ran" : "between tests");
	if (death->during) {
		test_fails(death->during, class, why);
		return;
	}
	death->violation = violation_new(NULL, log, class,
					 text_of("# VIOLATED %s (%s) report: %s", log ? log->id : "-",
						 class_name(class), why));
}

void reader_finish(struct reader *rd)
{
	struct run *run = rd->run;

	close_case_by_hand(rd);
	run->ended = has_ended(rd);
	if (!rd->any_ktap && !run->death.how)
		die_at(STREAM, rd->line, "no KTAP in it: give it the output of a run or of a case binary");
	if (!run->case_count && !rd->end_seen)
		die_at(STREAM, rd->line, "guest died before the first case (%s): that tells nothing of the kernel, boot it again",
		       run->death.how ?: "the stream stops");
	if (!run->case_count)
		die_at(STREAM, rd->line, "no case was run: nothing to judge, name one that exists");
	if (run->death.how || !run->ended)
		death_take(rd);
}
