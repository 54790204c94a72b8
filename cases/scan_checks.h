/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the PAGEMAP_SCAN cases check with: an answer is held against the interface's rules and against the model.
 */
#ifndef CASES_SCAN_CHECKS_H
#define CASES_SCAN_CHECKS_H

#include "../common/scan_model.h"

/* Asks until the end of the range; what was said is in the answer. */
#define ASK(s, question, answer) OR_LEAVE(scan_ask(HERE, s, question, answer))

/* Skips where the kernel has no PAGEMAP_SCAN. */
#define NEEDS_SCAN(s) do {							\
	if (!(s)->before.scan)							\
		SKIP(return, "this kernel has no PAGEMAP_SCAN (Linux 6.7)");	\
} while (0)

/* Every call kept to the rules of scan_model.h. */
#define EXPECT_ORDERLY(answer) \
	EXPECT_THAT(!(answer)->fault[0], DISAGREE, "regions and walk_end as documented; %s", (answer)->fault)

/* Each page that matches in the view is reported once, with its categories; no other is. */
#define EXPECT_MODEL(question, view, answer) scan_expect_model(HERE, question, view, answer)

/* The same, for loops: one failure says enough. */
#define ASSERT_ORDERLY(answer) OR_LEAVE(EXPECT_ORDERLY(answer))
#define ASSERT_MODEL(question, view, answer) OR_LEAVE(EXPECT_MODEL(question, view, answer))

/* After a get-and-protect: a page is protected that was so before or was reported; all else is as it was. */
#define EXPECT_ARMED(s, answer) scan_expect_armed(HERE, s, answer)
#define ASSERT_ARMED(s, answer) OR_LEAVE(EXPECT_ARMED(s, answer))

/* Get-and-protect of what has all of @mask in pages [first, end). */
static struct scan __maybe_unused scan_arming(const struct stage *s, size_t first, size_t end, uint32_t mask, uint32_t ret)
{
	struct scan q = scan_pages(&s->region, first, end);

	q.flags = PM_SCAN_WP_MATCHING | PM_SCAN_CHECK_WPASYNC;
	q.mask = mask;
	q.ret = ret;
	return q;
}

static bool __maybe_unused scan_ask(const struct place *at, struct stage *s, const struct scan *question,
				    struct scan_answer *answer)
{
	int err = scan_answer_read(answer, &s->region, question);

	return !err || check_ok(at, "PAGEMAP_SCAN", err);
}

static bool __maybe_unused scan_expect_model(const struct place *at, const struct scan *question, const struct view *v,
					     const struct scan_answer *answer)
{
	static const enum violation means[] = {
		[SCAN_MISSES] = LOST, [SCAN_REPEATS] = EXTRA, [SCAN_INVENTS] = EXTRA, [SCAN_MISNAMES] = DISAGREE,
	};
	enum scan_difference d;
	char why[240];

	d = scan_model_compare(answer, question, v, why, sizeof(why));
	if (d == SCAN_AGREES)
		return true;
	return check_charge(at, REQUIREMENT_NONE, means[d], "the scan to report what matches, once; %s", why);
}

/* A page armed without a report is a write forgotten; one reported and not armed comes again. */
static bool __maybe_unused scan_expect_armed(const struct place *at, struct stage *s, const struct scan_answer *answer)
{
	size_t i;

	for (i = 0; i < s->after.pages; i++) {
		uint32_t before = s->before.page[i], after = s->after.page[i];
		/* Splitting a file's PMD unmaps its pages. */
		uint32_t dropped = before & HUGE && before & FILE_BACKED ? PRESENT : 0;
		bool reported = answer->times[i], wanted = before & WP || reported;
		enum violation means = EXTRA;

		if (!(after & WP) == !wanted && !((before ^ after) & ~dropped & (PRESENT | ZERO | ANON)))
			continue;
		if (after & WP)
			means = LOST;
		return check_charge(at, REQUIREMENT_NONE, means,
				   "exactly the reported pages armed, and nothing else changed; page %zu was reported %u times",
				   i, answer->times[i]);
	}
	return true;
}

#endif /* CASES_SCAN_CHECKS_H */
