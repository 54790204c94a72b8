// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "guest.h"

#define THP "/sys/kernel/mm/transparent_hugepage/"

static void mount_one(const char *type, const char *where)
{
	mkdir(where, 0755);
	if (mount(type, where, type, 0, NULL) && errno != EBUSY)
		fprintf(stderr, "init: mount %s: %s\n", where, strerror(errno));
}

/* Returns 0 or a negative errno. */
static int write_text(const char *file, const char *text)
{
	int fd = open(file, O_WRONLY | O_CLOEXEC);
	int err = 0;

	if (fd < 0)
		return -errno;
	if (write(fd, text, strlen(text)) < 0)
		err = -errno;
	close(fd);
	return err;
}

/* A file that this kernel doesn't have is no news. */
static void set(const char *file, const char *value)
{
	int err = write_text(file, value);

	if (err && err != -ENOENT)
		fprintf(stderr, "init: %s=%s: %s\n", file, value, strerror(-err));
}

void guest_mount(void)
{
	mount_one("proc", "/proc");
	mount_one("sysfs", "/sys");
	mount_one("devtmpfs", "/dev");
	mount_one("debugfs", "/sys/kernel/debug");
	mount_one("cgroup2", "/sys/fs/cgroup");
	mount_one("tmpfs", "/tmp");
	mount_one("tmpfs", "/dev/shm");
	set("/sys/fs/cgroup/cgroup.subtree_control", "+memory");
	/* The first group of all patches the kernel's text: see guest_online_cpus(). */
	if (!mkdir("/sys/fs/cgroup/first", 0755))
		rmdir("/sys/fs/cgroup/first");
}

static void load_module(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0 || (syscall(SYS_finit_module, fd, "", 0) && errno != EEXIST))
		fprintf(stderr, "init: module %s: %s\n", path, strerror(errno));
	if (fd >= 0)
		close(fd);
}

void guest_load_modules(const char *list)
{
	FILE *in = fopen(list, "re");
	char path[256];

	if (!in)
		return;
	while (fgets(path, sizeof(path), in)) {
		path[strcspn(path, "\n")] = '\0';
		load_module(path);
	}
	fclose(in);
}

static int on_command_line(const char *word)
{
	FILE *in = fopen("/proc/cmdline", "re");
	char text[2048] = "";

	if (!in)
		return 0;
	if (!fgets(text, sizeof(text), in))
		text[0] = '\0';
	fclose(in);
	return strstr(text, word) != NULL;
}

/* Huge pages of other sizes would stand where a case wants base pages. The PMD's own size follows 'enabled'. */
static void forbid_middle_sizes(void)
{
	char own[96] = "", line[32] = "";
	FILE *in = fopen(THP "hpage_pmd_size", "re");
	glob_t found;
	size_t i;

	if (in && fgets(line, sizeof(line), in))
		snprintf(own, sizeof(own), THP "hugepages-%lukB/enabled", strtoul(line, NULL, 10) / 1024);
	if (in)
		fclose(in);
	if (glob(THP "hugepages-*/enabled", 0, NULL, &found))
		return;
	for (i = 0; i < found.gl_pathc; i++)
		set(found.gl_pathv[i], strcmp(found.gl_pathv[i], own) ? "never" : "inherit");
	globfree(&found);
}

void guest_settings(void)
{
	if (!on_command_line("transparent_hugepage=")) {
		set(THP "enabled", "madvise");
		forbid_middle_sizes();
	}
	/* khugepaged can't be turned off alone: let it look at one page in seven weeks. */
	set(THP "khugepaged/scan_sleep_millisecs", "4294967295");
	set(THP "khugepaged/alloc_sleep_millisecs", "4294967295");
	set(THP "khugepaged/pages_to_scan", "1");
	set(THP "shrink_underused", "0");
	set("/sys/kernel/mm/ksm/run", "0");
	set("/proc/sys/kernel/numa_balancing", "0");
	set("/proc/sys/vm/compaction_proactiveness", "0");
}

/*
 * An emulated processor may trip over the breakpoint that another has just taken back out of the kernel's text, and a
 * booting kernel patches itself a lot: one boot in thirty died of it. So it boots, and we prepare it, on one processor.
 */
void guest_online_cpus(void)
{
	glob_t found;
	size_t i;

	if (glob("/sys/devices/system/cpu/cpu[0-9]*/online", 0, NULL, &found))
		return;
	for (i = 0; i < found.gl_pathc; i++)
		set(found.gl_pathv[i], "1");
	globfree(&found);
}
