// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "../uffd/compiler.h"
#include "klog.h"
#include "settings.h"

#define LOG "/dev/kmsg"
#define CLEAR "/sys/kernel/debug/clear_warn_once"
#define PREFIX "wp."
#define NAME_LEN 16	/* of a task's name, its end included */
#define REST_MS 1000	/* for the rest of a report that has begun */

bool klog_readable(void)
{
	return !access(LOG, R_OK);
}

void klog_name(const char *name)
{
	char own[NAME_LEN];

	snprintf(own, sizeof(own), PREFIX "%s", name);
	prctl(PR_SET_NAME, own);
}

int klog_open(void)
{
	int fd = open(LOG, O_RDONLY | O_NONBLOCK | O_CLOEXEC);

	if (fd < 0)
		return -errno;
	lseek(fd, 0, SEEK_END);
	return fd;
}

void klog_say_again(void)
{
	int fd = open(CLEAR, O_WRONLY | O_CLOEXEC);

	if (fd < 0)
		return;
	if (write(fd, "1", 1) != 1)
		errno = 0;	/* not given: then a second report of the same place stays unsaid */
	close(fd);
}

/* How reports begin. The kernel's own words for what only a bug can cause. */
static bool is_head(const char *text)
{
	static const char *const heads[] = {
		"WARNING: ", "BUG: ", "kernel BUG at ", "Oops: ", "general protection fault", "list_add ", "list_del ",
		"UBSAN: ", "INFO: suspicious RCU usage", "INFO: trying to register non-static key",
	};
	static const char *const load[] = { "BUG: soft lockup", "BUG: workqueue lockup" };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(load); i++)
		if (!strncmp(text, load[i], strlen(load[i])))
			return false;
	for (i = 0; i < ARRAY_SIZE(heads); i++)
		if (!strncmp(text, heads[i], strlen(heads[i])))
			return true;
	return false;
}

/* What one looks for in a report: who, where, and the stack, whose lines are indented. */
static bool tells(const char *text)
{
	return text[0] == ' ' || strstr(text, "Comm:") || !strncmp(text, "RIP: ", 5);
}

struct reading {
	struct klog_report *report;
	bool found;		/* the report is ours, and kept */
	bool named;		/* the one that is being read has named somebody */
	bool closed;		/* ours is complete */
};

static bool in_own_guest(void)
{
	const char *keeper = getenv(SETTINGS_KEEPER);

	return keeper && atoi(keeper) == 1;
}

/* Who is named: us, or in our own guest anybody but another case of ours. */
static bool is_ours(const char *comm)
{
	char own[NAME_LEN] = "";
	size_t len = strcspn(comm, "\n ");

	prctl(PR_GET_NAME, own);
	if (strlen(own) == len && !strncmp(comm, own, len))
		return true;
	return in_own_guest() && strncmp(comm, PREFIX, strlen(PREFIX));
}

/* The report that is being read has come to its end, or names somebody now. */
static void decide(struct reading *r, const char *comm)
{
	r->named = true;
	r->found = comm ? is_ours(comm) : in_own_guest();
	if (!r->found)
		r->report->lines = 0;
}

static void keep_line(struct klog_report *report, const char *text)
{
	if (report->lines < KLOG_LINES)
		snprintf(report->line[report->lines++], KLOG_WIDTH, "%s", text);
}

static void take_text(struct reading *r, const char *text)
{
	const char *comm = strstr(text, "Comm:");

	if (r->closed)
		return;
	if (is_head(text)) {
		if (r->report->lines && !r->named)
			decide(r, NULL);
		r->closed = r->found;
		if (r->closed)
			return;
		r->report->lines = 0;
		r->named = false;
		keep_line(r->report, text);
	} else if (r->report->lines && tells(text)) {
		keep_line(r->report, text);
	}
	if (comm && r->report->lines && !r->named)
		decide(r, comm + strlen("Comm:") + strspn(comm + strlen("Comm:"), " "));
}

/* The kernel's own records only: "PRIORITY,...;text\n", priority below 8, the rest being facilities of user space. */
static char *record_text(char *record)
{
	char *text = strchr(record, ';');

	if (!text || strtoul(record, NULL, 10) > 7)
		return NULL;
	text[1 + strcspn(text + 1, "\n")] = '\0';
	return text + 1;
}

static void take_all(int fd, struct reading *r)
{
	char record[2048];
	ssize_t got;

	/* EPIPE: the ring went round past us; go on with what is left. */
	while (fd >= 0 && ((got = read(fd, record, sizeof(record) - 1)) > 0 || (got < 0 && errno == EPIPE))) {
		char *text;

		if (got <= 0)
			continue;
		record[got] = '\0';
		text = record_text(record);
		if (text)
			take_text(r, text);
	}
}

/* Another processor may be in the middle of a report: whom it names comes behind its head. */
static bool more_comes(int fd)
{
	struct pollfd log = { .fd = fd, .events = POLLIN };

	return poll(&log, 1, REST_MS) == 1;
}

bool klog_take(int fd, struct klog_report *report)
{
	struct reading r = { .report = report };

	report->lines = 0;
	do
		take_all(fd, &r);
	while (report->lines && !r.named && more_comes(fd));
	if (report->lines && !r.named)
		decide(&r, NULL);
	return r.found;
}
