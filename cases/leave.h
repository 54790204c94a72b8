/* SPDX-License-Identifier: GPL-2.0 */
/*
 * leave - how protection is given up: 0 or a negative errno.
 */
#ifndef CASES_LEAVE_H
#define CASES_LEAVE_H

static inline int by_closing(struct stage *s)
{
	stage_close(s);
	return 0;
}

/* Not every kernel wakes who waits there, see waiting.unregistering_wakes_the_writer; here it is done by hand. */
static inline int by_unregistering(struct stage *s)
{
	int err = stage_unregister(s);

	return err ? err : stage_wake(s, 0, s->region.pages);
}

#endif /* CASES_LEAVE_H */
