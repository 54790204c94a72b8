// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "settings.h"
#include "undo.h"

#define VALUE_MAX 256

/* "always [madvise] never" to "madvise", in place; other text stays. */
static void keep_chosen(char *value)
{
	char *open = strchr(value, '[');
	char *close = open ? strchr(open, ']') : NULL;

	if (!close)
		return;
	*close = '\0';
	memmove(value, open + 1, close - open);
}

int settings_get(const char *path, char *value, size_t len)
{
	char text[VALUE_MAX];
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t got;

	if (fd < 0)
		return -errno;
	got = read(fd, text, sizeof(text));
	if (got < 0) {
		int err = -errno;

		close(fd);
		return err;
	}
	close(fd);
	if (got == sizeof(text))
		return -ENAMETOOLONG;
	text[got] = '\0';
	text[strcspn(text, "\n")] = '\0';
	keep_chosen(text);
	return snprintf(value, len, "%s", text) < (int)len ? 0 : -ENAMETOOLONG;
}

int settings_write(const char *path, const char *value)
{
	char line[VALUE_MAX + 1];
	int len = snprintf(line, sizeof(line), "%s\n", value);
	int fd, err = 0;

	if (len >= (int)sizeof(line))
		return -ENAMETOOLONG;
	fd = open(path, O_WRONLY | O_TRUNC | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	if (write(fd, line, len) < 0)
		err = -errno;
	close(fd);
	return err;
}

int settings_change(struct ledger *l, const char *path, const char *value)
{
	char old[VALUE_MAX];
	struct undoer me;
	int err = settings_get(path, old, sizeof(old));

	if (err)
		return err;
	if (!strcmp(old, value) && !ledger_holds(l, path))
		return 0;
	err = undo_guardian(&me);
	if (!err)
		err = ledger_add(l, &me, UNDO_WRITE, path, old);
	if (err)
		return err;
	err = settings_write(path, value);
	if (err)
		ledger_drop_last(l);
	return err;
}

int settings_set(const char *path, const char *value)
{
	struct ledger l;
	int err = ledger_lock(&l);

	if (err)
		return err;
	err = settings_change(&l, path, value);
	ledger_unlock(&l);
	return err;
}

int settings_restore(void)
{
	const char *keeper = getenv(SETTINGS_KEEPER);

	if (keeper && atoi(keeper) == getpid())
		unsetenv(SETTINGS_KEEPER);
	return undo_now(NULL);
}

const char *settings_ledger_path(void)
{
	return ledger_path();
}

int settings_patience_ms(void)
{
	const char *seconds = getenv(SETTINGS_PATIENCE);
	int n = seconds ? atoi(seconds) : 0;

	return (n > 0 && n <= 60 ? n : 60) * 1000;
}

bool settings_full(void)
{
	return getenv(SETTINGS_FULL);
}
