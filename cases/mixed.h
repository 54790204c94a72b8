/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Three PMDs that show, side by side, nearly every state of a page that tracking by async protection knows: a split
 * huge zero PMD with written, re-armed and dropped pages in it, a protected huge zero PMD, an unprotected one.
 */
#ifndef CASES_MIXED_H
#define CASES_MIXED_H

#include <sys/mman.h>

#define MIXED_PMDS 3

/* Pages of the first PMD; of the others all are alike. */
#define MIXED_FREED 8
#define MIXED_WRITTEN 10
#define MIXED_REARMED 11
#define MIXED_PROTECTED 16
#define MIXED_MARKERS 20
#define MIXED_REST 24

static const struct mixed {
	size_t pmd, first, end;		/* end 0: the PMD's end */
	uint32_t set, clear;
} mixed[] = {
	{ 0, 0, MIXED_FREED, PRESENT | ZERO | WP, WRITTEN | HUGE },
	{ 0, MIXED_FREED, MIXED_WRITTEN, PRESENT | ZERO | WRITTEN, WP | HUGE },
	{ 0, MIXED_WRITTEN, MIXED_REARMED, PRESENT | ANON | WRITTEN, WP | ZERO | HUGE },
	{ 0, MIXED_REARMED, MIXED_REARMED + 1, PRESENT | ANON | WP, WRITTEN | ZERO | HUGE },
	{ 0, MIXED_REARMED + 1, MIXED_PROTECTED, PRESENT | ZERO | WRITTEN, WP | HUGE },
	{ 0, MIXED_PROTECTED, MIXED_MARKERS, PRESENT | ZERO | WP, WRITTEN | HUGE },
	{ 0, MIXED_MARKERS, MIXED_REST, SWAPPED | WP, PRESENT | WRITTEN | ZERO | HUGE },
	{ 0, MIXED_REST, 0, PRESENT | ZERO | WP, WRITTEN | HUGE },
	{ 1, 0, 0, PRESENT | HUGE | ZERO | WP, WRITTEN },
	{ 2, 0, 0, PRESENT | HUGE | ZERO | WRITTEN, WP },
};

/* Zaps the pages and protects what is left of them: PTE markers. */
static inline int mixed_markers(struct stage *s)
{
	size_t len = (MIXED_REST - MIXED_MARKERS) * page_size();

	if (madvise(stage_page(s, MIXED_MARKERS), len, MADV_DONTNEED))
		return -errno;
	return stage_protect(s, MIXED_MARKERS, MIXED_REST);
}

/* From a registered huge-zero region of MIXED_PMDS to the table above. */
static inline int mixed_make(struct stage *s)
{
	int err = stage_protect(s, 0, 2 * pmd_pages());

	if (!err)
		err = stage_unprotect(s, MIXED_FREED, MIXED_PROTECTED, 0);
	if (err)
		return err;
	*stage_page(s, MIXED_WRITTEN) = 1;
	*stage_page(s, MIXED_REARMED) = 1;
	err = stage_protect(s, MIXED_REARMED, MIXED_REARMED + 1);
	return err ? err : mixed_markers(s);
}

#define CASE_MIXED(s) do {							\
	CASE_REGISTERED(s, ASYNC, HUGE_ZERO, MIXED_PMDS);			\
	ASSERT_OK(mixed_make(s));						\
	LOOK(s, &(s)->before);							\
} while (0)

/* The view shows the table, page by page. */
#define EXPECT_MIXED(s, v) do {							\
	size_t mixed_i;								\
	for (mixed_i = 0; mixed_i < ARRAY_SIZE(mixed); mixed_i++) {		\
		const struct mixed *m = &mixed[mixed_i];			\
		EXPECT_PAGES(s, v, m->pmd * pmd_pages() + m->first,		\
			     m->pmd * pmd_pages() + (m->end ?: pmd_pages()), m->set, m->clear); \
	}									\
} while (0)

#endif /* CASES_MIXED_H */
