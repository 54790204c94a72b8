// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <sched.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "memcg.h"
#include "settings.h"
#include "undo.h"

#define PATH_LEN 512
#define REMOVE_SECONDS 10

/* Where the caller's memory cgroups are: @mount is the hierarchy, @home the group it is in. */
struct place {
	int version;
	char mount[PATH_LEN];
	char home[PATH_LEN];
};

/* The group that memcg_enter() made; empty when there is none. */
static char entered[PATH_LEN];
static char enabled[PATH_LEN];	/* the root's cgroup.subtree_control, if it was changed for that */

static int sub(char *to, const char *dir, const char *name)
{
	return snprintf(to, PATH_LEN, "%s/%s", dir, name) < PATH_LEN ? 0 : -ENAMETOOLONG;
}

/* Is @word one of the comma- or blank-separated words of @list? */
static bool has_word(const char *list, const char *word)
{
	size_t len = strlen(word);
	const char *at = list;

	while ((at = strstr(at, word))) {
		if ((at == list || strchr(", ", at[-1])) && strchr(" ,\n", at[len]))
			return true;
		at += len;
	}
	return false;
}

static bool file_has_word(const char *dir, const char *file, const char *word)
{
	char path[PATH_LEN], value[200];

	return !sub(path, dir, file) && !settings_get(path, value, sizeof(value)) &&
	       has_word(value, word);
}

/* The mount point of the hierarchy in @mount, and which part of the hierarchy is mounted there. */
static bool find_mount(int version, char *mount, char *root)
{
	FILE *f = fopen("/proc/self/mountinfo", "re");
	char line[2048], type[64], options[512];
	bool found = false;

	while (f && !found && fgets(line, sizeof(line), f)) {
		const char *dash = strstr(line, " - ");

		if (!dash || sscanf(dash, " - %63s %*s %511s", type, options) != 2 ||
		    sscanf(line, "%*d %*d %*s %511s %511s", root, mount) != 2)
			continue;
		if (version == 2)
			found = !strcmp(type, "cgroup2");
		else
			found = !strcmp(type, "cgroup") && has_word(options, "memory");
	}
	if (f)
		fclose(f);
	return found;
}

/* The caller's group in the hierarchy, "/..." */
static bool find_group(int version, char *group)
{
	FILE *f = fopen("/proc/self/cgroup", "re");
	char line[1024];
	bool found = false;

	while (f && !found && fgets(line, sizeof(line), f)) {
		char *controllers = strchr(line, ':');
		char *path = controllers ? strchr(controllers + 1, ':') : NULL;

		if (!path)
			continue;
		*path++ = '\0';
		path[strcspn(path, "\n")] = '\0';
		found = version == 2 ? !controllers[1] : has_word(controllers + 1, "memory");
		if (found)
			snprintf(group, PATH_LEN, "%s", path);
	}
	if (f)
		fclose(f);
	return found;
}

static bool find_place(int version, struct place *p)
{
	char root[PATH_LEN], group[PATH_LEN];
	const char *inside = group;
	size_t len;

	if (!find_mount(version, p->mount, root) || !find_group(version, group))
		return false;
	/* Of a hierarchy mounted in part, the group's path is below that part. */
	len = strlen(root);
	if (len > 1 && !strncmp(group, root, len))
		inside += len;
	p->version = version;
	if (snprintf(p->home, PATH_LEN, "%s%s", p->mount, strcmp(inside, "/") ? inside : "") >= PATH_LEN)
		return false;
	return !access(p->home, X_OK);
}

static bool is_real_root(const char *dir)
{
	char path[PATH_LEN];

	return !sub(path, dir, "cgroup.type") && access(path, F_OK) && errno == ENOENT;
}

/*
 * The nearest group at or above @home whose children get the memory controller, in @parent. At the root they
 * can be made to.
 */
static bool find_parent_v2(const struct place *p, char *parent)
{
	snprintf(parent, PATH_LEN, "%s", p->home);
	while (!file_has_word(parent, "cgroup.subtree_control", "memory")) {
		if (!strcmp(parent, p->mount))
			return is_real_root(parent);
		*strrchr(parent, '/') = '\0';
	}
	return true;
}

static int no_place(char *why, size_t len)
{
	snprintf(why, len, "no memory cgroup to be had: needs CONFIG_MEMCG, and mount -t cgroup2 none /sys/fs/cgroup");
	return -ENOENT;
}

/* Fills in the place and the parent of the new group. */
static int find(struct place *p, char *parent, char *why, size_t len)
{
	bool v2 = find_place(2, p) && file_has_word(p->mount, "cgroup.controllers", "memory");

	if (!v2 && !find_place(1, p))
		return no_place(why, len);
	if (!v2) {
		snprintf(parent, PATH_LEN, "%s", p->home);
	} else if (!find_parent_v2(p, parent)) {
		snprintf(why, len, "no memory cgroup to be had: echo +memory > %.150s/cgroup.subtree_control",
			 parent);
		return -EOPNOTSUPP;
	}
	if (access(parent, W_OK)) {
		snprintf(why, len, "no memory cgroup to be had: may not make one in %.150s (run as root)",
			 parent);
		return -EACCES;
	}
	return 0;
}

int memcg_available(char *why, size_t len)
{
	char parent[PATH_LEN];
	struct place p;
	int err = find(&p, parent, why, len);

	return err ? err : p.version;
}

/*
 * The way back is not the old text but "-memory", which settings_set() doesn't know. Who finds the controller
 * there because another process put it there holds it too.
 */
static int enable_children(const char *root)
{
	char path[PATH_LEN];
	struct undoer me;
	struct ledger l;
	int err = undo_guardian(&me);

	if (sub(path, root, "cgroup.subtree_control"))
		return -ENAMETOOLONG;
	if (!err)
		err = ledger_lock(&l);
	if (err)
		return err;
	if (!file_has_word(root, "cgroup.subtree_control", "memory") || ledger_holds(&l, path)) {
		err = ledger_add(&l, &me, UNDO_WRITE, path, "-memory");
		if (!err)
			err = settings_write(path, "+memory");
		snprintf(enabled, PATH_LEN, "%s", path);
	}
	ledger_unlock(&l);
	return err;
}

static int set_limits(int version, const char *dir, size_t limit)
{
	static const char *const files[][2] = {
		{ "memory.limit_in_bytes", "memory.memsw.limit_in_bytes" },
		{ "memory.max", "memory.swap.max" },
	};
	char path[PATH_LEN], value[32];
	int err;

	snprintf(value, sizeof(value), "%zu", limit);
	if (sub(path, dir, files[version - 1][0]))
		return -ENAMETOOLONG;
	err = settings_write(path, value);
	if (err || sub(path, dir, files[version - 1][1]))
		return err;
	/* Version 1 limits memory and swap together. No such file: no swap to be limited. */
	err = settings_write(path, version == 1 ? value : "0");
	return err == -ENOENT || err == -EACCES || err == -EPERM ? 0 : err;
}

static int move_self(const char *dir)
{
	char path[PATH_LEN];

	/* 0: the writer, with all its threads. */
	return sub(path, dir, "cgroup.procs") ?: settings_write(path, "0");
}

static int make_group(const struct place *p, const char *parent, size_t limit)
{
	char name[64];
	int err;

	snprintf(name, sizeof(name), "uffd-wp-conform.%d", getpid());
	if (sub(entered, parent, name))
		return -ENAMETOOLONG;
	err = undo_note(UNDO_CGROUP, entered, p->home);
	if (!err && mkdir(entered, 0755))
		err = -errno;
	if (!err)
		err = set_limits(p->version, entered, limit);
	return err ? err : move_self(entered);
}

int memcg_enter(size_t limit, char *why, size_t len)
{
	char parent[PATH_LEN];
	struct place p;
	int err;

	if (entered[0])
		return -EBUSY;
	err = find(&p, parent, why, len);
	if (err)
		return err;
	if (p.version == 2 && is_real_root(parent))
		err = enable_children(parent);
	if (!err)
		err = make_group(&p, parent, limit);
	if (!err)
		return 0;
	snprintf(why, len, "no memory cgroup to be had: %.150s: %s",
		 entered[0] ? entered : parent, strerror(-err));
	memcg_leave();
	return err;
}

int memcg_leave(void)
{
	int err = entered[0] ? undo_now(entered) : 0;
	int off = enabled[0] ? undo_now(enabled) : 0;

	entered[0] = '\0';
	enabled[0] = '\0';
	return err ? err : off;
}

/* Moves whoever is in @dir to @home, or where that is gone, one level up. */
static void evacuate(const char *dir, const char *home)
{
	char from[PATH_LEN], to[PATH_LEN], up[PATH_LEN], pid[32];
	FILE *f;

	if (sub(from, dir, "cgroup.procs") || sub(to, home, "cgroup.procs") ||
	    sub(up, dir, "../cgroup.procs"))
		return;
	f = fopen(from, "re");
	while (f && fgets(pid, sizeof(pid), f)) {
		pid[strcspn(pid, "\n")] = '\0';
		if (settings_write(to, pid))
			settings_write(up, pid);
	}
	if (f)
		fclose(f);
}

int memcg_remove(const char *dir, const char *home)
{
	struct timespec now, end;

	clock_gettime(CLOCK_MONOTONIC, &end);
	end.tv_sec += REMOVE_SECONDS;
	/* A process that is about to end can't be moved, and is gone in a moment. */
	do {
		evacuate(dir, home);
		if (!rmdir(dir) || errno == ENOENT)
			return 0;
		if (errno != EBUSY)
			return -errno;
		sched_yield();
		clock_gettime(CLOCK_MONOTONIC, &now);
	} while (now.tv_sec < end.tv_sec);
	return -EBUSY;
}
