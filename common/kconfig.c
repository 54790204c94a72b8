// SPDX-License-Identifier: GPL-2.0
#include <stdio.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "kconfig.h"

/* Does a kernel's config say @option=y: "yes", "no", or NULL when that is no config. */
static const char *config_says(FILE *config, const char *option)
{
	const char *answer = NULL;
	size_t len = strlen(option);
	char line[512];

	while (config && fgets(line, sizeof(line), config))
		if (!strncmp(line, option, len) && !strcmp(line + len, "=y\n"))
			answer = "yes";
		else if (!answer && !strncmp(line, "CONFIG_MMU=", 11))
			answer = "no";
	return answer;
}

static const char *file_says(const char *path, const char *option)
{
	FILE *config = fopen(path, "re");
	const char *answer = config_says(config, option);

	if (config)
		fclose(config);
	return answer;
}

static const char *proc_says(const char *option)
{
	FILE *config = access("/proc/config.gz", R_OK) ? NULL : popen("zcat /proc/config.gz 2>/dev/null", "re");
	const char *answer = config_says(config, option);

	if (config)
		pclose(config);
	return answer;
}

const char *kconfig_says(const char *option)
{
	const char *answer = file_says("/config", option);
	char path[100];
	struct utsname name;

	if (!answer && !uname(&name)) {
		snprintf(path, sizeof(path), "/boot/config-%s", name.release);
		answer = file_says(path, option);
	}
	if (!answer)
		answer = proc_says(option);
	return answer ?: "unknown";
}
