/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the cases of read-write protection share; included behind case.h.
 */
#ifndef CASES_RWP_CHECKS_H
#define CASES_RWP_CHECKS_H

#include "../common/rwp.h"

/* A region of @nr pages, registered as @mode, protected whole, looked at: s->before. */
#define CASE_RWP(s, mode, backing, nr) do {					\
	ARRANGE(stage_region(s, backing, nr, &lack));				\
	ARRANGE(rwp_register(s, mode, 0, &lack));				\
	ASSERT_OK(rwp_protect(s, 0, (s)->region.pages));			\
	LOOK(s, &(s)->before);							\
	EXPECT_PAGES(s, &(s)->before, 0, (s)->region.pages, PRESENT | WP, 0);	\
	EXPECT_INVERSE(s, &(s)->before);					\
} while (0)

/* The next event is an access to @page, by a store or by a load. */
#define ASSERT_ACCESS_EVENT(s, page, kind) OR_LEAVE(check_access_event(HERE, s, page, kind))

static bool __maybe_unused check_access_event(const struct place *at, struct stage *s, size_t page,
					      enum agent_kind kind)
{
	uint64_t flags = UFFD_PAGEFAULT_FLAG_RWP | (agent_writes(kind) ? UFFD_PAGEFAULT_FLAG_WRITE : 0);
	struct uffd_msg msg;

	if (!check_take(at, s, "for the access", &msg))
		return false;
	if (msg.event != UFFD_EVENT_PAGEFAULT || msg.arg.pagefault.flags != flags)
		return check_charge(at, REQUIREMENT_NONE, INTERFACE,
				    "a PAGEFAULT event with flags 0x%llx; it is 0x%02x with 0x%llx",
				    (unsigned long long)flags, msg.event, (unsigned long long)msg.arg.pagefault.flags);
	if (msg.arg.pagefault.address == (uintptr_t)stage_page(s, page))
		return true;
	return check_charge(at, REQUIREMENT_NONE, INTERFACE, "address %p; it is 0x%llx", stage_page(s, page),
			    (unsigned long long)msg.arg.pagefault.address);
}

/* On every page that is there, in memory or in swap, ACCESSED is the inverse of protection. */
#define EXPECT_INVERSE(s, v) check_inverse(HERE, s, v)

static bool __maybe_unused check_inverse(const struct place *at, struct stage *s, const struct view *v)
{
	char seen[96];
	size_t i;

	for (i = 0; i < s->region.pages; i++)
		if (v->page[i] & (PRESENT | SWAPPED) && !(v->page[i] & ACCESSED) != !!(v->page[i] & WP))
			return check_charge(at, RW_ACCESSED, v->page[i] & ACCESSED ? EXTRA : LOST,
					    "either protected or accessed; page %zu is %s", i,
					    facts_text(v->page[i], seen, sizeof(seen)));
	return true;
}

/* Page @page was accessed, and if it was huge its whole PMD counts as accessed; nothing else was. */
#define EXPECT_ACCESSED(s, page) check_accessed(HERE, s, page)

static void __maybe_unused check_accessed(const struct place *at, struct stage *s, size_t page)
{
	bool whole = s->before.page[page] & HUGE;
	size_t first = whole ? page / pmd_pages() * pmd_pages() : page;
	size_t end = whole ? first + pmd_pages() : page + 1;

	check_inverse(at, s, &s->after);
	check_pages(at, s, &s->after, first, end, PRESENT, WP);
	check_pages(at, s, &s->after, 0, first, WP, 0);
	check_pages(at, s, &s->after, end, s->region.pages, WP, 0);
}

#endif /* CASES_RWP_CHECKS_H */
