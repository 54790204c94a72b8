// SPDX-License-Identifier: GPL-2.0
/*
 * What of the kernel's log counts: records made up here, one a message, as /dev/kmsg gives them.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "../../common/klog.h"
#include "../../common/settings.h"
#include "../../uffd/compiler.h"

#define OURS "4,1,1,-;CPU: 0 UID: 0 PID: 83 Comm: wp.unit Not tainted 7.3.4 #4 PREEMPTLAZY\n"
#define THEIRS "4,1,1,-;CPU: 0 UID: 0 PID: 83 Comm: somebody Not tainted 7.3.4 #4 PREEMPTLAZY\n"
#define OTHER_CASE "4,1,1,-;CPU: 0 UID: 0 PID: 83 Comm: wp.other Not tainted 7.3.4 #4 PREEMPTLAZY\n"
#define WARN "4,1,1,-;WARNING: mm/page_table_check.c:213 at __page_table_check_pmds_set+0xdf/0x1e0, CPU#0: x/83\n"

static int failed, count;

/* Does the log of these records hold a report that counts, with so many lines kept? */
static void expect(const char *name, size_t lines, const char *const *records, size_t n)
{
	struct klog_report report;
	int ends[2];
	bool found, good;
	size_t i;

	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_NONBLOCK, 0, ends))
		exit(1);
	for (i = 0; i < n; i++)
		if (send(ends[1], records[i], strlen(records[i]), 0) < 0)
			exit(1);
	found = klog_take(ends[0], &report);
	good = found == !!lines && (!found || report.lines == lines);
	printf("%sok %d klog.%s\n", good ? "" : "not ", ++count, name);
	failed |= !good;
	close(ends[0]);
	close(ends[1]);
}

#define EXPECT(name, lines, ...) do {						\
	static const char *const records[] = { __VA_ARGS__ };			\
	expect(name, lines, records, ARRAY_SIZE(records));			\
} while (0)

static void on_a_host(void)
{
	EXPECT("nothing", 0, "6,1,1,-;loop0: detected capacity change\n");
	EXPECT("our_warning", 4, WARN, OURS, "4,2,1,-;RIP: 0010:__page_table_check_pmds_set\n",
	       "4,2,1,-;Code: f6 4c\n", "4,2,1,-; change_huge_pmd+0x818/0x880\n");
	EXPECT("somebody_elses_warning", 0, WARN, THEIRS, "4,2,1,-; change_huge_pmd+0x818/0x880\n");
	EXPECT("ours_behind_somebody_elses", 2, WARN, THEIRS, "4,2,1,-; foo\n", WARN, OURS);
	EXPECT("only_the_first_of_ours", 2, WARN, OURS, WARN, THEIRS, "4,2,1,-; foo\n");
	EXPECT("named_in_the_head", 1, "1,1,1,-;BUG: Bad rss-counter state mm:0 type:MM_ANONPAGES val:512 Comm:wp.unit Pid:7\n");
	EXPECT("named_by_nobody", 0, "1,1,1,-;BUG: non-zero pgtables_bytes on freeing mm: 4096\n");
	EXPECT("another_program_of_a_longer_name", 0, WARN,
	       "4,1,1,-;CPU: 0 UID: 0 PID: 83 Comm: wp.units Not tainted\n");
	EXPECT("a_loaded_machine", 0, "0,1,1,-;watchdog: BUG: soft lockup - CPU#1 stuck for 26s! [wp.unit:83]\n",
	       "0,1,1,-;BUG: soft lockup - CPU#1\n", OURS);
	EXPECT("a_warning_that_is_no_report", 0, "4,1,1,-;FAULT_FLAG_ALLOW_RETRY missing 81\n", OURS);
	EXPECT("a_program_that_writes_to_the_log", 0, "12,1,1,-;WARNING: I am a program\n",
	       "12,1,1,-;CPU: 0 UID: 0 PID: 83 Comm: wp.unit\n");
}

static void in_a_guest(void)
{
	setenv(SETTINGS_KEEPER, "1", 1);
	EXPECT("in_a_guest_named_by_nobody", 1, "1,1,1,-;BUG: non-zero pgtables_bytes on freeing mm: 4096\n");
	EXPECT("in_a_guest_a_kernel_threads", 2, WARN, "4,1,1,-;CPU: 0 UID: 0 PID: 9 Comm: ksmd Not tainted\n");
	EXPECT("in_a_guest_another_cases", 0, WARN, OTHER_CASE);
}

int main(void)
{
	klog_name("unit");
	on_a_host();
	in_a_guest();
	printf("1..%d\n", count);
	return failed;
}
