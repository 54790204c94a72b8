// SPDX-License-Identifier: GPL-2.0
/* Why nothing of a run tells of a requirement, and what kept the run from being whole. */
#include <string.h>

#include "judge.h"

static void add_reason(struct judged *judged, char *text)
{
	for (size_t i = 0; i < judged->reason_count; i++) {
		if (!strcmp(judged->reasons[i].text, text)) {
			judged->reasons[i].tests++;
			return;
		}
	}
	judged->reasons = grow(judged->reasons, judged->reason_count, sizeof(*judged->reasons));
	judged->reasons[judged->reason_count++] = (struct reason){ text, 1 };
}

static char *death_reason(const struct death *death)
{
	if (!death->during)
		return text_of("guest died between tests (%s)", death->how);
	return text_of("guest died in %s (%s)", test_full_name(death->during), death->how);
}

static char *test_reason(const struct test *test)
{
	const struct requirement *charged;

	if (test->outcome == SKIPPED)
		return text_of("skipped: %s", test->reason);
	if (test->outcome == NO_RESULT)
		return text_of("no result: %s", test->reason);
	charged = test->violations[0]->requirement;
	return text_of("a test failed before it could tell, charged to %s", charged ? charged->id : "nothing");
}

static bool has_begun(const struct test_case *in, const struct cover *cover)
{
	for (size_t t = 0; t < in->test_count; t++)
		if (in->tests[t]->cover == cover)
			return true;
	return false;
}

/* Why no variant of a covered test even began. */
static char *case_reason(const struct run *run, const struct test_case *in)
{
	const char *name = *in->name ? in->name : "the case";

	if (in->skipped)
		return text_of("%s skipped: %s", name, in->remark);
	if (!in->closed && run->death.how)
		return death_reason(&run->death);
	if (in->closed && in->ok)
		return text_of("%s did not run it", name);
	return text_of("%s ended before it: %s", name, *in->remark ? in->remark : "not ok");
}

static void collect_reasons(const struct run *run, const struct test_case *in, struct judged *judged)
{
	for (size_t t = 0; t < in->test_count; t++)
		if (in->tests[t]->outcome != PASSED && test_covers(in->tests[t], judged->requirement))
			add_reason(judged, test_reason(in->tests[t]));
	for (size_t i = 0; i < in->cover_count; i++) {
		const struct test any = { .cover = in->covers[i] };

		if (test_covers(&any, judged->requirement) && !has_begun(in, in->covers[i]) &&
		    run_selects(run, in, in->covers[i]))
			add_reason(judged, case_reason(run, in));
	}
}

void find_reasons(const struct run *run, struct judged *judged)
{
	for (size_t c = 0; c < run->case_count; c++)
		collect_reasons(run, run->cases[c], judged);
	if (!judged->reason_count && run->death.how)
		add_reason(judged, death_reason(&run->death));
}

static size_t count_outcome(const struct test_case *in, enum outcome outcome)
{
	size_t count = 0;

	for (size_t t = 0; t < in->test_count; t++)
		count += in->tests[t]->outcome == outcome;
	return count;
}

static char *case_trouble(const struct run *run, const struct test_case *in)
{
	const char *name = *in->name ? in->name : "by hand", *remark = *in->remark ? in->remark : "not ok";
	size_t lost = count_outcome(in, NO_RESULT);

	if (!in->closed)
		return run->death.how ? NULL : text_of("case %s: its result line is missing", name);
	if (in->skipped)
		return NULL;
	if (!in->ok && !count_outcome(in, FAILED))
		return text_of("case %s ended badly (%s), but none of its tests failed", name, remark);
	if (lost)
		return text_of("case %s: %zu tests began and have no result", name, lost);
	if (!in->test_count)
		return text_of("case %s ran no test", name);
	if (in->has_plan && in->test_count < in->planned)
		return text_of("case %s: %zu of %zu planned tests ran", name, in->test_count, in->planned);
	return NULL;
}

void find_troubles(struct verdict *verdict)
{
	const struct run *run = verdict->run;

	for (size_t c = 0; c < run->case_count; c++) {
		char *trouble = case_trouble(run, run->cases[c]);

		if (trouble)
			strings_add(&verdict->troubles, trouble);
	}
	if (!verdict->violation_count && !verdict->states[VERIFIED])
		strings_add(&verdict->troubles, copy_of("no test passed: nothing was verified"));
	if (run->has_plan && run->case_count < run->planned)
		strings_add(&verdict->troubles,
			    text_of("%zu of %zu planned cases ran", run->case_count, run->planned));
	if (!facts_get(&run->facts, "kernel"))
		strings_add(&verdict->troubles,
			    copy_of("no '# kernel' line in the stream: no facts, so conditions on them do not hold"));
}
