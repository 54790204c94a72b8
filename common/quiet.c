// SPDX-License-Identifier: GPL-2.0
#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "settings.h"
#include "undo.h"

#define THP "/sys/kernel/mm/transparent_hugepage/"

enum rule {
	IS,		/* must be the operand */
	IS_NOT,		/* must not be it */
	AT_LEAST,	/* a number, not less than it */
};

/* In this order: khugepaged must be slow before 'enabled' starts it. A file that isn't there has nothing to quieten. */
static const struct {
	const char *path;
	enum rule rule;
	const char *operand;
	const char *wanted;
} wants[] = {
	{ THP "khugepaged/scan_sleep_millisecs", AT_LEAST, "3600000", "86400000" },
	{ THP "enabled", IS_NOT, "never", "madvise" },
	{ THP "use_zero_page", IS_NOT, "0", "1" },
	{ THP "shrink_underused", IS, "0", "0" },
	{ "/sys/kernel/mm/ksm/run", IS_NOT, "1", "0" },
	{ "/proc/sys/kernel/numa_balancing", IS, "0", "0" },
	{ "/proc/sys/vm/compaction_proactiveness", IS, "0", "0" },
	{ 0 }
};

static char noise[256];

const char *settings_noise(void)
{
	return noise;
}

static bool fits(const char *value, enum rule rule, const char *operand)
{
	if (rule == AT_LEAST)
		return strtoull(value, NULL, 10) >= strtoull(operand, NULL, 10);
	return !strcmp(value, operand) == (rule == IS);
}

static void note_noise(const char *path, const char *value)
{
	size_t used = strlen(noise);

	snprintf(noise + used, sizeof(noise) - used, "%s%s=%s", used ? " " : "", path, value);
}

/*
 * What fits is held too unless it is kept already (@l is NULL then): it may fit only because of another
 * process, and would change when that one ends.
 */
static int want(struct ledger *l, const char *path, enum rule rule, const char *operand,
		const char *wanted)
{
	char value[64];
	int err = settings_get(path, value, sizeof(value));
	bool fit;

	if (err)
		return err == -ENOENT ? 0 : err;
	fit = fits(value, rule, operand);
	if (fit && !l)
		return 0;
	if (geteuid())
		err = -EPERM;
	else if (l)
		err = settings_change(l, path, fit ? value : wanted);
	else
		err = settings_set(path, wanted);
	if (err && !fit)
		note_noise(path, value);
	return fit ? 0 : err;
}

/* hugepages-2048kB and its like: the PMD's size on, all others off. */
static int want_size(struct ledger *l, const char *name, unsigned long pmd_kib)
{
	bool is_pmd = strtoul(name + strlen("hugepages-"), NULL, 10) == pmd_kib;
	char path[320];

	snprintf(path, sizeof(path), THP "%s/enabled", name);
	return want(l, path, is_pmd ? IS_NOT : IS, "never", is_pmd ? "inherit" : "never");
}

static int want_sizes(struct ledger *l)
{
	DIR *dir = opendir(THP);
	struct dirent *entry;
	char pmd[32];
	int err = 0;

	if (!dir)
		return 0;
	if (settings_get(THP "hpage_pmd_size", pmd, sizeof(pmd)))
		pmd[0] = '\0';
	while ((entry = readdir(dir))) {
		int now;

		if (strncmp(entry->d_name, "hugepages-", strlen("hugepages-")))
			continue;
		now = want_size(l, entry->d_name, strtoul(pmd, NULL, 10) / 1024);
		err = err ? err : now;
	}
	closedir(dir);
	return err;
}

static int want_all(struct ledger *l)
{
	int err = 0, now;
	size_t i;

	noise[0] = '\0';
	for (i = 0; wants[i].path; i++) {
		now = want(l, wants[i].path, wants[i].rule, wants[i].operand, wants[i].wanted);
		err = err ? err : now;
	}
	now = want_sizes(l);
	return err ? err : now;
}

static bool already_kept(void)
{
	const char *keeper = getenv(SETTINGS_KEEPER);
	pid_t pid = keeper ? atoi(keeper) : 0;

	return pid > 0 && (!kill(pid, 0) || errno == EPERM);
}

int settings_quiet(void)
{
	struct ledger l;
	char self[16];
	int err;

	if (already_kept())
		return 0;
	/* Without a ledger to write nothing can be held, but what fits still fits. */
	if (geteuid() || ledger_lock(&l))
		return want_all(NULL);
	err = want_all(&l);
	ledger_unlock(&l);
	snprintf(self, sizeof(self), "%d", getpid());
	setenv(SETTINGS_KEEPER, self, 1);
	return err;
}
