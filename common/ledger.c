// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ledger.h"
#include "undo.h"

#define ACTIVE 'a'
#define RELEASED 'r'
#define GONE 'x'

/* What stands in /proc/PID/stat from the end of the second field to the 22nd. */
#define STAT_FORMAT ") %c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %*u %*u %*d %*d %*d %*d %*d %*d %llu"

#define LEDGER_MAX (1 << 20)

/*
 * /run, where only root can lay a trap; without it (a bare guest) and for other users /tmp, where
 * open_ledger() accepts nothing that isn't the user's own.
 */
const char *ledger_path(void)
{
	static char path[64];

	if (!geteuid() && !access("/run", W_OK))
		return "/run/uffd-wp-conform.ledger";
	snprintf(path, sizeof(path), "%s/uffd-wp-conform-%u.ledger",
		 access("/tmp", W_OK) ? "" : "/tmp", geteuid());
	return path;
}

unsigned long long ledger_born(pid_t pid)
{
	unsigned long long born = 0;
	char path[32], text[1024] = "";
	const char *after;
	char state;
	int fd;

	snprintf(path, sizeof(path), "/proc/%d/stat", pid);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return 0;
	if (read(fd, text, sizeof(text) - 1) < 0)
		text[0] = '\0';
	close(fd);
	/* Field 22; the second, the name, may hold anything, so count from its end. */
	after = strrchr(text, ')');
	if (!after || sscanf(after, STAT_FORMAT, &state, &born) != 2)
		return 0;
	/* A zombie undoes nothing any more. */
	return state == 'Z' ? 0 : born;
}

static int open_ledger(void)
{
	int fd = open(ledger_path(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	struct stat st;

	if (fd < 0)
		return -errno;
	if (fstat(fd, &st) || !S_ISREG(st.st_mode) || st.st_uid != geteuid()) {
		close(fd);
		return -EPERM;
	}
	while (flock(fd, LOCK_EX))
		if (errno != EINTR) {
			int err = -errno;

			close(fd);
			return err;
		}
	return fd;
}

/* One line: "STATE VERB PID BORN PATH\tVALUE". Cuts @line to pieces; false when it isn't one. */
static bool parse_line(char *line, struct undo *u)
{
	char *tab = strchr(line, '\t');
	int path = 0;

	if (!tab || sscanf(line, "%c %c %d %llu %n", &u->state, &u->verb, &u->by.pid, &u->by.born,
			   &path) < 4 || !path)
		return false;
	*tab = '\0';
	u->path = line + path;
	u->value = tab + 1;
	return true;
}

static int parse(struct ledger *l)
{
	char *line = l->text, *end;

	l->count = 0;
	/* An incomplete last line is of one who was killed before doing anything. */
	for (; (end = strchr(line, '\n')); line = end + 1) {
		struct undo *more = realloc(l->undo, (l->count + 1) * sizeof(*more));

		if (!more)
			return -ENOMEM;
		l->undo = more;
		*end = '\0';
		l->undo[l->count].at = line - l->text;
		if (parse_line(line, &l->undo[l->count]))
			l->count++;
	}
	return 0;
}

static int load(struct ledger *l)
{
	struct stat st;
	ssize_t got;

	if (fstat(l->fd, &st))
		return -errno;
	if (st.st_size > LEDGER_MAX)
		return -EFBIG;
	free(l->text);
	l->text = calloc(1, st.st_size + 1);
	if (!l->text)
		return -ENOMEM;
	l->text_len = st.st_size;
	got = pread(l->fd, l->text, st.st_size, 0);
	return got < 0 ? -errno : parse(l);
}

static void mark(struct ledger *l, struct undo *u, char state)
{
	u->state = state;
	/* Nothing to be done about a failure: the next reader undoes it once more. */
	if (pwrite(l->fd, &state, 1, u->at) != 1)
		return;
}

static bool same_setting(const struct undo *a, const struct undo *b)
{
	return a->state != GONE && b->state != GONE && a->verb == UNDO_WRITE &&
	       b->verb == UNDO_WRITE && !strcmp(a->path, b->path);
}

static bool changed_since(const struct ledger *l, const struct undo *u)
{
	const struct undo *other;

	for (other = u + 1; other < l->undo + l->count; other++)
		if (same_setting(u, other))
			return true;
	return false;
}

static int undo_one(struct ledger *l, struct undo *u)
{
	struct undo *oldest = u, *other;
	int err;

	if (changed_since(l, u)) {
		mark(l, u, RELEASED);
		return 0;
	}
	for (other = u; other-- > l->undo;) {
		if (!same_setting(other, u))
			continue;
		if (other->state != RELEASED)
			break;
		oldest = other;
	}
	err = undo_do(oldest->verb, oldest->path, oldest->value);
	for (other = oldest; other < u; other++)
		if (same_setting(other, u))
			mark(l, other, GONE);
	mark(l, u, GONE);
	return err;
}

static bool is_by(const struct undo *u, const struct undoer *by)
{
	return u->state == ACTIVE && u->by.pid == by->pid && u->by.born == by->born;
}

int ledger_undo(struct ledger *l, const struct undoer *by, const char *path)
{
	size_t i;
	int err = 0;

	for (i = l->count; i-- > 0;) {
		int now;

		if (!is_by(&l->undo[i], by) || (path && strcmp(l->undo[i].path, path)))
			continue;
		now = undo_one(l, &l->undo[i]);
		err = err ? err : now;
		if (path)
			break;
	}
	return err;
}

static void undo_for_the_dead(struct ledger *l)
{
	size_t i;

	for (i = l->count; i-- > 0;)
		if (l->undo[i].state == ACTIVE &&
		    ledger_born(l->undo[i].by.pid) != l->undo[i].by.born)
			undo_one(l, &l->undo[i]);
}

int ledger_lock(struct ledger *l)
{
	int err;

	memset(l, 0, sizeof(*l));
	l->fd = open_ledger();
	if (l->fd < 0)
		return l->fd;
	err = load(l);
	if (err) {
		ledger_unlock(l);
		return err;
	}
	undo_for_the_dead(l);
	return 0;
}

void ledger_unlock(struct ledger *l)
{
	bool needed = false;
	size_t i;

	for (i = 0; i < l->count; i++)
		needed |= l->undo[i].state != GONE;
	if (l->text && l->text_len && !needed && ftruncate(l->fd, 0))
		needed = true;		/* Stays as it is, all lines gone. */
	close(l->fd);
	free(l->undo);
	free(l->text);
}

bool ledger_holds(const struct ledger *l, const char *path)
{
	size_t i;

	for (i = 0; i < l->count; i++)
		if (l->undo[i].state != GONE && !strcmp(l->undo[i].path, path))
			return true;
	return false;
}

const struct undoer *ledger_user(const struct ledger *l, enum undo_verb verb)
{
	size_t i;

	for (i = 0; i < l->count; i++)
		if (l->undo[i].state == ACTIVE && l->undo[i].verb == (char)verb)
			return &l->undo[i].by;
	return NULL;
}

int ledger_add(struct ledger *l, const struct undoer *by, enum undo_verb verb,
	       const char *path, const char *value)
{
	char line[1024];
	int len = snprintf(line, sizeof(line), "\n%c %c %d %llu %s\t%s\n", ACTIVE, verb, by->pid,
			   by->born, path, value);

	if (len >= (int)sizeof(line) || strpbrk(path, "\t\n") || strchr(value, '\n'))
		return -EINVAL;
	/* The newline in front ends what somebody killed may have left there. */
	errno = ENOSPC;
	if (lseek(l->fd, 0, SEEK_END) < 0 || write(l->fd, line, len) != len)
		return -errno;
	return load(l);
}

void ledger_drop_last(struct ledger *l)
{
	if (l->count)
		mark(l, &l->undo[l->count - 1], GONE);
}
