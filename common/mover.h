/* SPDX-License-Identifier: GPL-2.0 */
/*
 * mover - moves a region's pages between memory nodes, and can be stopped while they are on their way.
 *
 * A page that is being moved is for a moment neither here nor there: a migration entry. mover_catch() makes that moment
 * last: the pages are moved by a thread on the caller's own processor, which the caller, a real-time thread from then
 * on, doesn't let go on until mover_finish(). In between the caller may do to the pages whatever doesn't wait for them:
 * reading their entries, protecting, mprotect, fork; touching one would wait for ever.
 * 0 or a negative errno.
 */
#ifndef COMMON_MOVER_H
#define COMMON_MOVER_H

#include <pthread.h>
#include <stdatomic.h>

#include "region.h"
#include "stage.h"

struct mover {
	const struct region *region;
	pthread_t thread;
	bool started;
	atomic_bool stop;
	int node[2];		/* where to */
};

/* Memory nodes of this machine, 1 where it tells of none. */
int mover_nodes(void);

/* Moves pages [0, @pages) to another node and looks that each went; *lack says why they can't. */
int mover_move(const struct region *r, struct lack *lack);

/* Moves what of @r can be moved to another node and back. 0, or -ENOTSUP on a machine with one node. */
int mover_push(const struct region *r);

/* Returns with page @page under migration, and the mover at rest. */
int mover_catch(struct mover *m, const struct region *r, size_t page, struct lack *lack);

/* Lets the mover bring its pages home and ends it; the caller is an ordinary thread again. */
int mover_finish(struct mover *m);

#endif /* COMMON_MOVER_H */
