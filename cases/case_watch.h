/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What is watched over every test: the kernel's log. A test ends by case_leave(), which takes what the log has gained.
 * What the kernel says as a test's process goes away is taken by the test after it, and after the last by main().
 */
#ifndef CASES_CASE_WATCH_H
#define CASES_CASE_WATCH_H

#include "../common/klog.h"

/* Children share its place: what one has taken, no other sees again. */
static int watched_log = -1;

static void watch(void)
{
	klog_name(program_invocation_short_name);
	watched_log = klog_open();
}

/* Before a test: what the kernel says once, it shall say again. */
static void __maybe_unused case_enter(void)
{
	klog_say_again();
}

static void __maybe_unused __attribute__((__noreturn__)) case_leave(const struct place *at, int status)
{
	static struct klog_report report;

	if (klog_take(watched_log, &report)) {
		so_far.log = &report;
		check_charge(at, AC_LOG, CRASH, "no report in the kernel's log since the test before this one ended");
	}
	(_exit)(status ? status : at->test->exit_code);
}

static bool watched_to_the_end(void)
{
	struct klog_report report;
	size_t i;

	if (!klog_take(watched_log, &report))
		return true;
	printf("# VIOLATED %s (%s) after the last test\n", requirement_id(AC_LOG), violation_name(CRASH));
	for (i = 0; i < report.lines; i++)
		printf("#   log     %s\n", report.line[i]);
	return false;
}

#endif /* CASES_CASE_WATCH_H */
