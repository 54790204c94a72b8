/* SPDX-License-Identifier: GPL-2.0 */
/* What the cases share that fill pages by hand: fill, fill_over, minor. */
#ifndef CASES_FILLING_H
#define CASES_FILLING_H

#include "case.h"

#define PAGE 5
#define NEXT (PAGE + 1)
#define VALUE 0xa5
#define BOTH (UFFDIO_REGISTER_MODE_MISSING | UFFDIO_REGISTER_MODE_WP)

/* A page to copy from; its first and last bytes are VALUE. */
static inline char *source(void)
{
	static char *page;

	if (!page)
		page = aligned_alloc(page_size(), page_size());
	memset(page, VALUE, page_size());
	return page;
}

static inline int copy(struct stage *s, size_t page, uint64_t mode)
{
	return uffd_copy(&s->uffd, stage_page(s, page), source(), page_size(), mode, NULL);
}

static inline int also_missing(struct stage *s)
{
	return uffd_register(&s->uffd, s->region.start, s->region.pages * page_size(), BOTH, NULL);
}

static inline bool take_flags(const struct place *at, struct stage *s, const char *of, uint64_t wanted)
{
	struct uffd_msg msg;

	if (!check_take(at, s, of, &msg))
		return false;
	if (msg.event == UFFD_EVENT_PAGEFAULT && msg.arg.pagefault.flags == wanted)
		return true;
	return check_charge(at, REQUIREMENT_NONE, INTERFACE, "flags 0x%llx %s; they are 0x%llx",
			   (unsigned long long)wanted, of, (unsigned long long)msg.arg.pagefault.flags);
}

#endif
