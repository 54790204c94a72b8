// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../uffd/compiler.h"
#include "scan_model.h"

/* As many as the kernel is known to gather at a time: more are asked for on purpose only. */
#define VECTOR 512

struct scan scan_pages(const struct region *r, size_t first, size_t end)
{
	return (struct scan){
		.start = region_page(r, first),
		.len = (end - first) * page_size(),
	};
}

int scan_call(struct scan *s)
{
	int fd = pagemap_open(0), got;

	if (fd < 0)
		return fd;
	got = scan_once(fd, s);
	close(fd);
	return got;
}

bool scan_model_matches(const struct scan *s, uint32_t facts)
{
	uint64_t seen = facts ^ s->inverted;

	if ((seen & s->mask) != s->mask)
		return false;
	return !s->anyof || seen & s->anyof;
}

static int alloc_answer(struct scan_answer *a, const struct region *r)
{
	scan_answer_free(a);
	memset(a, 0, sizeof(*a));
	a->region = r;
	a->categories = calloc(r->pages, sizeof(*a->categories));
	a->times = calloc(r->pages, sizeof(*a->times));
	return a->categories && a->times ? 0 : -ENOMEM;
}

void scan_answer_free(struct scan_answer *a)
{
	free(a->categories);
	free(a->times);
	a->categories = NULL;
	a->times = NULL;
}

static size_t page_of(const struct scan_answer *a, uint64_t addr)
{
	return (addr - (uintptr_t)a->region->start) / page_size();
}

static void __printf(2, 3) fault(struct scan_answer *a, const char *text, ...)
{
	int used = snprintf(NULL, 0, "call %zu: ", a->calls);
	va_list args;

	if (a->fault[0])
		return;
	va_start(args, text);
	snprintf(a->fault, sizeof(a->fault), "call %zu: ", a->calls);
	vsnprintf(a->fault + used, sizeof(a->fault) - used, text, args);
	va_end(args);
}

/* One region against the one before it (NULL for a call's first) and against the part of the range that was walked. */
static void check_region(struct scan_answer *a, const struct scan *part, const struct page_region *before,
			 const struct page_region *now)
{
	uint64_t start = (uintptr_t)part->start, end = (uintptr_t)part->walk_end;
	size_t first = page_of(a, now->start), last = page_of(a, now->end);

	if (now->start >= now->end)
		fault(a, "region [%zu..%zu) is empty", first, last);
	else if (now->start < start || now->end > end)
		fault(a, "region [%zu..%zu) lies outside what was walked, [%zu..%zu)", first, last,
		      page_of(a, start), page_of(a, end));
	else if (before && now->start < before->end)
		fault(a, "region [%zu..%zu) begins before the one before it ends, at %zu", first, last,
		      page_of(a, before->end));
	else if (before && now->start == before->end && now->categories == before->categories)
		fault(a, "region [%zu..%zu) continues the one before it with the same categories", first, last);
}

static size_t count_region(struct scan_answer *a, const struct page_region *region)
{
	size_t first = page_of(a, region->start), end = page_of(a, region->end), i;

	for (i = first; i < end && i < a->region->pages; i++) {
		a->categories[i] = region->categories;
		a->times[i]++;
	}
	return end - first;
}

/* A call's answer; true when there is more to ask and a way to go on. */
static bool take(struct scan_answer *a, const struct scan *part, size_t got)
{
	const char *end = (const char *)part->start + part->len, *walked = part->walk_end;
	size_t pages = 0, i;

	a->calls++;
	a->regions += got;
	if (got > part->vec_len)
		fault(a, "%zu regions for a vector of %zu", got, part->vec_len);
	for (i = 0; i < got && i < part->vec_len; i++) {
		check_region(a, part, i ? &part->vec[i - 1] : NULL, &part->vec[i]);
		pages += count_region(a, &part->vec[i]);
	}
	if (part->max_pages && pages > part->max_pages)
		fault(a, "%zu pages where max_pages is %zu", pages, (size_t)part->max_pages);
	if ((uintptr_t)walked % page_size() || walked <= (const char *)part->start || walked > end) {
		fault(a, "walk_end is %p after a walk of [%p, %p)", walked, part->start, end);
		return false;
	}
	return walked < end;
}

/* From part->start on, until the end or until a call that fails or doesn't advance. */
static int ask(struct scan_answer *a, int fd, struct scan *part, const char *end)
{
	bool more = true;
	int got = 0;

	while (more) {
		part->len = end - (const char *)part->start;
		got = scan_once(fd, part);
		if (got < 0)
			return got;
		more = take(a, part, got);
		part->start = part->walk_end;
	}
	return 0;
}

int scan_answer_read(struct scan_answer *a, const struct region *r, const struct scan *s)
{
	struct scan part = *s;
	int fd, err = alloc_answer(a, r);

	if (err)
		return err;
	fd = pagemap_open(0);
	if (fd < 0)
		return fd;
	part.vec_len = s->vec_len ? s->vec_len : VECTOR;
	part.vec = calloc(part.vec_len, sizeof(*part.vec));
	err = part.vec ? ask(a, fd, &part, (const char *)s->start + s->len) : -ENOMEM;
	free(part.vec);
	close(fd);
	return err;
}

static enum scan_difference differs(const struct scan_answer *a, const struct scan *s, size_t page, uint32_t facts)
{
	bool inside = region_page(a->region, page) >= (char *)s->start &&
		      region_page(a->region, page) < (char *)s->start + s->len;
	bool matches = inside && scan_model_matches(s, facts);

	if (matches && !a->times[page])
		return SCAN_MISSES;
	if (!matches && a->times[page])
		return SCAN_INVENTS;
	if (a->times[page] > 1)
		return SCAN_REPEATS;
	if (matches && a->categories[page] != (facts & s->ret))
		return SCAN_MISNAMES;
	return SCAN_AGREES;
}

enum scan_difference scan_model_compare(const struct scan_answer *a, const struct scan *s, const struct view *v,
					char *why, size_t len)
{
	static const char *const what[] = {
		[SCAN_MISSES] = "is not reported", [SCAN_REPEATS] = "is reported more than once",
		[SCAN_INVENTS] = "is reported", [SCAN_MISNAMES] = "is misnamed",
	};
	size_t i;

	for (i = 0; i < v->pages; i++) {
		enum scan_difference d = differs(a, s, i, v->page[i]);
		char facts[96];

		if (d == SCAN_AGREES)
			continue;
		snprintf(why, len, "page %zu (%s) %s, with 0x%x; asked for mask 0x%x, inverted 0x%x, anyof 0x%x, return 0x%x",
			 i, facts_text(v->page[i], facts, sizeof(facts)), what[d], a->categories[i],
			 (unsigned int)s->mask, (unsigned int)s->inverted, (unsigned int)s->anyof,
			 (unsigned int)s->ret);
		return d;
	}
	return SCAN_AGREES;
}
