// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "section.h"

#define VIOLATED "# VIOLATED "
#define RUN "#  RUN           "	/* the harness's, before a test */

static long long now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}

/* Returns 0 or an errno. */
static int write_setting(const char *setting)
{
	char file[256], line[256];
	int fd, len, err = 0;

	len = strcspn(setting, " ");
	snprintf(file, sizeof(file), "%.*s", len, setting);
	len = snprintf(line, sizeof(line), "%s\n", setting[len] ? setting + len + 1 : "");
	if (len >= (int)sizeof(line))
		return EINVAL;
	fd = open(file, O_WRONLY | O_CLOEXEC);
	if (fd < 0)
		return errno;
	if (write(fd, line, len) < 0)
		err = errno;
	close(fd);
	return err;
}

void section_begin(struct section *s, struct sink *sink, const struct plan_case *c)
{
	char *ids;

	if (!c->set)
		return;
	memset(s, 0, sizeof(*s));
	if (c->enough) {
		s->until = now_ms() + strtol(c->enough, &ids, 10) * 1000LL;
		s->ids = ids;
	}
	s->again = c->again;
	s->unset = write_setting(c->set);
	sink_printf(sink, "# set %s\n", c->set);
}

/* Is the line's first word behind @mark one of those in @list? A line that doesn't begin with @mark: -1. */
static int names_one(const char *line, size_t len, const char *mark, const char *list)
{
	const size_t skip = strlen(mark);
	const char *end;

	if (len <= skip || memcmp(line, mark, skip))
		return -1;
	line += skip;
	end = memchr(line, ' ', len - skip) ?: line + len - skip;
	for (; *list; list += strcspn(list, " ")) {
		list += strspn(list, " ");
		if ((ptrdiff_t)strcspn(list, " ") == end - line && !memcmp(list, line, end - line))
			return 1;
	}
	return 0;
}

void section_line(struct section *s, const char *line, size_t len)
{
	const char *known;
	int named;

	if (!s->ids)
		return;
	known = strchr(s->ids, '!') ?: "";
	named = names_one(line, len, RUN, known);
	if (named >= 0)
		s->known = named;
	else if (!s->known)
		s->violated |= names_one(line, len, VIOLATED, s->ids) > 0;
}

const char *section_over(const struct section *s)
{
	if (s->unset)
		return "the setting was refused";
	if (s->violated && now_ms() >= s->until)
		return "enough was seen";
	return NULL;
}
