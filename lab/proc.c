// SPDX-License-Identifier: GPL-2.0
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "proc.h"

int proc_info(pid_t pid, char *state, pid_t *parent, pid_t *session)
{
	char path[64], text[512];
	const char *after;
	FILE *in;
	size_t n;

	snprintf(path, sizeof(path), "/proc/%d/stat", pid);
	in = fopen(path, "re");
	if (!in)
		return -ESRCH;
	n = fread(text, 1, sizeof(text) - 1, in);
	fclose(in);
	text[n] = '\0';
	after = strrchr(text, ')');	/* a command's name may hold anything */
	if (!after || sscanf(after, ") %c %d %*d %d", state, parent, session) != 3)
		return -ESRCH;
	return 0;
}

void proc_each(void (*see)(void *context, pid_t pid), void *context)
{
	DIR *proc = opendir("/proc");
	struct dirent *entry;

	if (!proc)
		return;
	while ((entry = readdir(proc))) {
		if (isdigit((unsigned char)entry->d_name[0]))
			see(context, atoi(entry->d_name));
	}
	closedir(proc);
}
