// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include "mover.h"
#include "process.h"
#include "reshape.h"
#include "swap.h"
#include "upheaval.h"

#ifndef MADV_PAGEOUT
#define MADV_PAGEOUT 21
#endif
#ifndef MADV_COLLAPSE
#define MADV_COLLAPSE 25
#endif

int upheaval_need(enum upheaval u, struct lack *lack)
{
	if (u == SWAPS_OUT)
		return swap_need(lack);
	if (u != MIGRATES || mover_nodes() > 1)
		return 0;
	snprintf(lack->why, sizeof(lack->why),
		 "no second memory node to move pages to: boot with numa=fake=2 (CONFIG_NUMA_EMU), or a guest with two");
	return -ENOTSUP;
}

static int split(const struct region *r)
{
	size_t at = r->pages / 2;
	int err = region_allow(r, at, at + 1, PROT_READ | PROT_WRITE | PROT_EXEC);

	return err ? err : region_allow(r, at, at + 1, PROT_READ | PROT_WRITE);
}

/* Advice: the kernel may have reasons not to take it. */
static int advise(const struct region *r, int advice)
{
	int err = region_advise(r, 0, r->pages, advice);

	return err == -EINVAL && advice != MADV_COLLAPSE ? err : 0;
}

static int end_at_once(void)
{
	return 0;
}

static int register_again(struct stage *s)
{
	size_t len = s->region.pages * page_size();
	int err = uffd_unregister(&s->uffd, s->region.start, len);

	return err ? err : uffd_register(&s->uffd, s->region.start, len, UFFDIO_REGISTER_MODE_WP, NULL);
}

int upheave(enum upheaval u, struct stage *s)
{
	const struct region *r = &s->region;

	switch (u) {
	case NO_UPHEAVAL:
		return 0;
	case SPLITS:
		return split(r);
	case COLLAPSES:
		return advise(r, MADV_COLLAPSE);
	case MIGRATES:
		return mover_push(r) == -ENOTSUP ? -ENOTSUP : 0;
	case FORKS:
		return in_a_child(end_at_once);
	case SWAPS_OUT:
		return advise(r, MADV_PAGEOUT);
	case REGISTERS_AGAIN:
		return register_again(s);
	case PROTECTS:
		return stage_protect(s, 0, r->pages);
	case UNPROTECTS:
		return stage_unprotect(s, 0, r->pages, 0);
	}
	return -EINVAL;
}
