/* SPDX-License-Identifier: GPL-2.0 */
/*
 * upheaval - what may happen to pages while others write to them: the same few acts for every case that has writers.
 *
 * Each leaves the region mapped, readable and writable all the time, registered at its end, and its content alone. 0 or a
 * negative errno; that the kernel declines (nothing to collapse, a page in use) is no error.
 */
#ifndef COMMON_UPHEAVAL_H
#define COMMON_UPHEAVAL_H

#include "stage.h"

enum upheaval {
	NO_UPHEAVAL,
	SPLITS,			/* another access right for a few pages, and back: splits PMD and VMA, merges the VMA */
	COLLAPSES,		/* MADV_COLLAPSE */
	MIGRATES,		/* move_pages(2) to another node and back */
	FORKS,			/* a child that ends at once */
	SWAPS_OUT,		/* MADV_PAGEOUT */
	REGISTERS_AGAIN,	/* unregisters, registers for the same mode */
	PROTECTS,		/* UFFDIO_WRITEPROTECT of all */
	UNPROTECTS,		/* the same, the other way, which wakes too */
};

/* What this machine lacks for it: *lack. Before the region's stage is registered. */
int upheaval_need(enum upheaval u, struct lack *lack);

/* Once. */
int upheave(enum upheaval u, struct stage *s);

#endif /* COMMON_UPHEAVAL_H */
