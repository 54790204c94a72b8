/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the cases of UFFDIO_MOVE share. Ranges are half-open, in base pages of the two regions; include it behind case.h.
 */
#ifndef CASES_MOVING_H
#define CASES_MOVING_H

static inline int register_as(const struct uffd *u, const struct region *r, uint64_t mode)
{
	return uffd_register(u, r->start, r->pages * page_size(), mode, NULL);
}

static inline int move_once(struct stage *to, const struct stage *s, size_t first, size_t end, uint64_t mode,
			    int64_t *moved)
{
	return uffd_move(&s->uffd, stage_page(to, first), stage_page(s, first), (end - first) * page_size(), mode,
			 moved);
}

/* Goes on where somebody else had a page locked, as every user must. */
static inline int move(struct stage *to, const struct stage *s, size_t first, size_t end, uint64_t mode, int64_t *moved)
{
	int64_t part, all = 0;
	int err, tries = 1000;

	do {
		err = move_once(to, s, first + all / page_size(), end, mode, &part);
		all += part > 0 ? part : 0;
	} while (err == -EAGAIN && --tries);
	*moved = all;
	return err;
}

/*
 * An empty destination, registered with the descriptor of @s: looked at as the region that it is, anonymous memory with what
 * the source's pages held.
 */
static inline int make_destination(struct stage *to, const struct stage *s, uint64_t mode)
{
	int err = region_make(&to->region, UNPOPULATED, s->region.pmds);

	to->uffd.fd = -1;
	if (err)
		return err;
	to->region.pages = s->region.pages;
	to->region.backing = s->region.backing;
	to->region.mode = mode & UFFDIO_REGISTER_MODE_WP ? s->region.mode : UNREGISTERED;
	return register_as(&s->uffd, &to->region, mode);
}

#endif /* CASES_MOVING_H */
