/* SPDX-License-Identifier: GPL-2.0 */
/*
 * ground - a registered region of base pages and TAP lines, for the tests of agents and pump.
 */
#ifndef TESTS_UNIT_GROUND_H
#define TESTS_UNIT_GROUND_H

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "../../common/region.h"
#include "../../uffd/uffd.h"

#define LONG_MS 20000		/* ends a hang, measures nothing */
#define SHORT_MS 50		/* where nothing is to come */
#define PAGE 5

struct ground {
	struct uffd u;
	struct region r;
};

static int tap_count, tap_failed;

static inline void tap(bool good, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	printf("%sok %d ", good ? "" : "not ", ++tap_count);
	vprintf(format, args);
	printf("\n");
	fflush(stdout);
	va_end(args);
	tap_failed += !good;
}

/* A condition of a test, said when it doesn't hold. */
#define HOLDS(condition) holds(condition, #condition, __LINE__)

static inline bool holds(bool good, const char *text, int line)
{
	if (!good)
		printf("# line %d: %s\n", line, text);
	return good;
}

static inline size_t ground_size(const struct ground *g)
{
	return g->r.pages * page_size();
}

static inline int ground_arm(const struct ground *g, size_t page)
{
	return uffd_writeprotect(&g->u, region_page(&g->r, page), page_size(),
				 UFFDIO_WRITEPROTECT_MODE_WP);
}

static inline int ground_disarm(const struct ground *g, size_t page)
{
	return uffd_writeprotect(&g->u, region_page(&g->r, page), page_size(), 0);
}

static inline void ground_close(struct ground *g)
{
	uffd_close(&g->u);
	region_free(&g->r);
}

/* Nothing stays open on an error. */
static inline int ground_open(struct ground *g, enum backing b, size_t pmds, uint64_t features,
			      uint64_t mode)
{
	int err;

	memset(g, 0, sizeof(*g));
	g->u.fd = -1;
	err = region_make(&g->r, b, pmds);
	if (err)
		return err;
	err = uffd_open(&g->u, features | UFFD_FEATURE_PAGEFAULT_FLAG_WP, NULL);
	if (!err)
		err = uffd_register(&g->u, g->r.start, ground_size(g), mode, NULL);
	if (err)
		ground_close(g);
	return err;
}

static inline int ground_wp(struct ground *g, size_t pmds)
{
	return ground_open(g, BASE_PAGES, pmds, UFFD_FEATURE_THREAD_ID, UFFDIO_REGISTER_MODE_WP);
}

/* A skip of everything where there is no ground at all. */
static inline bool ground_missing(void)
{
	struct ground g;
	int err = ground_wp(&g, 1);

	if (!err) {
		ground_close(&g);
		return false;
	}
	printf("1..0 # SKIP userfaultfd with write protection: %s%s%s\n", strerror(-err),
	       *g.r.why ? ": " : "", g.r.why);
	return true;
}

#endif /* TESTS_UNIT_GROUND_H */
