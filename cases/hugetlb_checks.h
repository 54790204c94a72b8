/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the cases on hugetlb share. Their regions are few huge pages, which they count: PAGE_OF(s, 1) is the first base
 * page of the second.
 */
#ifndef CASES_HUGETLB_CHECKS_H
#define CASES_HUGETLB_CHECKS_H

#include "../common/hugetlb.h"
#define CASE_PREPARE hugetlb_prepare
#include "case.h"

#define PAGE_OF(s, n) ((n) * (s)->region.unit)

/* @n huge pages, registered as @mode with @more features, nothing protected. */
#define CASE_HUGETLB_BARE(s, mode, backing, n, more) do {			\
	ARRANGE(stage_region(s, backing, (n) * hugetlb_unit(), &lack));		\
	ARRANGE(stage_register(s, mode, more, &lack));				 \
	LOOK(s, &(s)->before);							\
} while (0)

/* The same, protected whole. */
#define CASE_HUGETLB(s, mode, backing, n) do {					\
	CASE_HUGETLB_BARE(s, mode, backing, n, 0);				\
	ASSERT_OK(stage_protect(s, 0, (s)->region.pages));			\
	LOOK(s, &(s)->before);							\
	EXPECT_PAGES(s, &(s)->before, 0, (s)->region.pages, WP, WRITTEN);	\
} while (0)

/* Huge pages [first, end), as EXPECT_PAGES(). */
#define EXPECT_HUGE(s, v, first, end, set, clear) \
	EXPECT_PAGES(s, v, PAGE_OF(s, first), PAGE_OF(s, end), set, clear)

/* The content of huge pages [0, n) is the set-up's. */
#define EXPECT_HUGE_UNTOUCHED(s, n) check_huge_untouched(HERE, s, n)

static bool __maybe_unused check_huge_untouched(const struct place *at, struct stage *s, size_t n)
{
	struct region part = s->region;
	ssize_t wrong;

	part.pages = PAGE_OF(s, n);
	wrong = region_check(&part, NULL, 0);
	return wrong < 0 || check_charge(at, REQUIREMENT_NONE, LOST, "the content to be the set-up's; page %zu differs",
					 wrong);
}

/* A store to huge page @n waits, and is told at the page's begin. */
#define EXPECT_CAUGHT(s, n) check_caught(HERE, s, n)

static bool __maybe_unused check_caught(const struct place *at, struct stage *s, size_t n)
{
	return check_start(at, s, &s->writer, AGENT_STORE, PAGE_OF(s, n) + 5, 0xa5) &&
	       check_blocked(at, s, &s->writer) && check_event(at, s, PAGE_OF(s, n));
}

static inline int hugetlb_protect(struct stage *s, size_t first, size_t end)
{
	return stage_protect(s, PAGE_OF(s, first), PAGE_OF(s, end));
}

static inline int hugetlb_unprotect(struct stage *s, size_t first, size_t end)
{
	return stage_unprotect(s, PAGE_OF(s, first), PAGE_OF(s, end), 0);
}

#endif /* CASES_HUGETLB_CHECKS_H */
