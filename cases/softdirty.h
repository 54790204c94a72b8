/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the cases of the soft-dirty bit share: Documentation/admin-guide/mm/soft-dirty.rst. Include it behind case.h.
 */
#ifndef CASES_SOFTDIRTY_H
#define CASES_SOFTDIRTY_H

/* "4" clears the bits of all the process's pages. */
#define CLEAR_REFS "/proc/self/clear_refs"

/* New memory is soft-dirty, where the kernel has the bit at all. Looks: s->before. */
#define NEEDS_SOFT_DIRTY(s) do {						\
	LOOK(s, &(s)->before);							\
	if (!view_count(&(s)->before, SOFT_DIRTY, 0))				\
		SKIP(return, "no soft-dirty bits: a kernel with CONFIG_MEM_SOFT_DIRTY and PAGEMAP_SCAN"); \
} while (0)

/* So many pages of the view are soft-dirty. */
#define EXPECT_SOFT_DIRTY(v, pages) check_soft_dirty(HERE, v, pages)

static bool __maybe_unused check_soft_dirty(const struct place *at, const struct view *v, size_t pages)
{
	size_t dirty = view_count(v, SOFT_DIRTY, 0);

	return dirty == pages || check_charge(at, REQUIREMENT_NONE, dirty < pages ? LOST : EXTRA,
					      "%zu pages soft-dirty; %zu are", pages, dirty);
}

#endif /* CASES_SOFTDIRTY_H */
