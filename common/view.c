// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "view.h"
#include "view_impl.h"

int view_alloc(struct view *v, const struct region *r)
{
	if (v->page && v->pages != r->pages)
		view_free(v);
	if (!v->page)
		v->page = calloc(r->pages, sizeof(*v->page));
	if (!v->page)
		return -ENOMEM;
	memset(v->page, 0, r->pages * sizeof(*v->page));
	v->region = r;
	v->pages = r->pages;
	v->dispute.text[0] = '\0';
	return 0;
}

void view_free(struct view *v)
{
	free(v->page);
	v->page = NULL;
	v->pages = 0;
}

bool view_run(const struct view *v, size_t from, struct run *run)
{
	if (from >= v->pages)
		return false;
	run->first = from;
	run->facts = v->page[from];
	for (run->end = from + 1; run->end < v->pages; run->end++)
		if (v->page[run->end] != run->facts)
			break;
	return true;
}

ssize_t view_find_not(const struct view *v, size_t first, size_t end, uint32_t set, uint32_t clear)
{
	size_t i;

	for (i = first; i < end && i < v->pages; i++)
		if ((v->page[i] & set) != set || v->page[i] & clear)
			return i;
	return -1;
}

size_t view_count(const struct view *v, uint32_t set, uint32_t clear)
{
	size_t count = 0, i;

	for (i = 0; i < v->pages; i++)
		count += (v->page[i] & set) == set && !(v->page[i] & clear);
	return count;
}

int view_subtract(struct view *out, const struct view *after, const struct view *before)
{
	size_t i;
	int err;

	if (after->pages != before->pages)
		return -EINVAL;
	err = view_alloc(out, after->region);
	if (err)
		return err;
	for (i = 0; i < out->pages; i++)
		out->page[i] = after->page[i] ^ before->page[i];
	for (i = 0; i < COUNTER_COUNT; i++)
		out->counter[i] = after->counter[i] - before->counter[i];
	out->log_lines = after->log_lines;
	out->scan = after->scan && before->scan;
	return 0;
}
