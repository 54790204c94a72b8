/* SPDX-License-Identifier: GPL-2.0 */
/*
 * stage - what nearly every test arranges: a region, the descriptor that guards it, a pump, two views.
 *
 * Pages count from the region's start. Calls return 0 or a negative errno; where the machine rather than the
 * kernel's promise is at fault, lack->why says what is missing and which knob to turn.
 */
#ifndef COMMON_STAGE_H
#define COMMON_STAGE_H

#include "../uffd/pump.h"
#include "../uffd/uffd.h"
#include "agent.h"
#include "region.h"
#include "view.h"

struct stage {
	struct region region;
	struct uffd uffd;
	struct pump pump;
	struct view before;
	struct view after;
	struct agent writer;	/* for acts that block */
	struct agent second;
};

struct lack {
	char why[200];		/* empty: nothing is lacking */
};

char *stage_page(const struct stage *s, size_t page);

int stage_region(struct stage *s, enum backing b, size_t pages, struct lack *lack);

/* Two PMDs of different backings. */
int stage_region_two(struct stage *s, enum backing b, enum backing beyond, struct lack *lack);

/* Opens the descriptor with exactly @features (UFFD_FEATURE_*). */
int stage_open(struct stage *s, uint64_t features, struct lack *lack);

/* Registers the whole region for write protection with the open descriptor, and opens the pump. */
int stage_attach(struct stage *s, enum region_mode mode);

/*
 * Both, with what @mode needs and @more features: WP_ASYNC for ASYNC; for SYNC WP_UNPOPULATED where it is offered,
 * and always for an unpopulated region, which can't be armed without it; WP_HUGETLBFS_SHMEM for a file's pages and hugetlb's.
 */
int stage_register(struct stage *s, enum region_mode mode, uint64_t more, struct lack *lack);

/* Arms pages [first, end). */
int stage_protect(struct stage *s, size_t first, size_t end);

/* Un-protects pages [first, end) and wakes who waits there; @mode UFFDIO_WRITEPROTECT_MODE_DONTWAKE or 0. */
int stage_unprotect(struct stage *s, size_t first, size_t end, uint64_t mode);

/* Wakes who waits in pages [first, end), and changes nothing else. */
int stage_wake(struct stage *s, size_t first, size_t end);

/* Unregisters the whole region; the descriptor and the pump stay open. */
int stage_unregister(struct stage *s);

int stage_agent(enum agent_kind kind, struct lack *lack);

/* Closes pump and descriptor, which lets every agent that still waits go on; the region may be registered again. */
void stage_close(struct stage *s);

/* stage_close(), frees the stage's agents, then the rest. Agents of a test's own are freed between the two. */
void stage_clear(struct stage *s);

#endif /* COMMON_STAGE_H */
