// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "../uffd/deadline.h"
#include "ksm.h"
#include "reshape.h"
#include "settings.h"

#define KSM "/sys/kernel/mm/ksm/"
#define GIVE_UP_MS 20000

static struct lack before;

void ksm_prepare(void)
{
	int err;

	if (access(KSM "run", F_OK))
		snprintf(before.why, sizeof(before.why), "no merging of pages: needs CONFIG_KSM");
	else if (geteuid())
		snprintf(before.why, sizeof(before.why), "no merging of pages: run as root");
	if (before.why[0])
		return;
	/* Knobs that only some kernels have: without them pages are merged too. */
	settings_set(KSM "smart_scan", "0");
	settings_set(KSM "use_zero_pages", "0");
	err = settings_set(KSM "sleep_millisecs", "0");
	if (!err)
		err = settings_set(KSM "pages_to_scan", "100000");
	if (!err)
		err = settings_set(KSM "run", "1");
	if (err)
		snprintf(before.why, sizeof(before.why), "no merging of pages: " KSM "run: %s", strerror(-err));
}

/* Pages of this process that are merged. */
static unsigned long merged(void)
{
	char text[32];

	return settings_get("/proc/self/ksm_merging_pages", text, sizeof(text)) ? 0 : strtoul(text, NULL, 10);
}

int ksm_merge(const struct region *r, struct lack *lack)
{
	int64_t limit = deadline_in(GIVE_UP_MS);
	int err = -ENOTSUP;

	*lack = before;
	if (!lack->why[0] && access("/proc/self/ksm_merging_pages", R_OK))
		snprintf(lack->why, sizeof(lack->why), "no telling which pages were merged: Linux 5.19");
	if (!lack->why[0])
		err = region_advise(r, 0, r->pages, MADV_MERGEABLE);
	/* The kernel's thread is a humble one: on a busy machine it has to be let. */
	while (!err && merged() < r->pages) {
		struct timespec a_while = deadline_or_ns(limit, 1000000);

		clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &a_while, NULL);
		if (!deadline_left(limit))
			err = -EAGAIN;
	}
	if (err == -EAGAIN)
		snprintf(lack->why, sizeof(lack->why), "pages of equal content stay apart: look at " KSM "full_scans");
	return err;
}
