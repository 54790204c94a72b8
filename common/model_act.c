// SPDX-License-Identifier: GPL-2.0
/* How each operation is done. Writers and readers are model_access.c's, what befalls a mapping model_life.c's. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "model_impl.h"
#include "reshape.h"
#include "scan_model.h"

#ifndef MADV_POPULATE_READ
#define MADV_POPULATE_READ 22
#define MADV_POPULATE_WRITE 23
#endif
/* Get-and-protect reports what it arms: each page of the range that was written, once. */
static int arm(struct model_run *run, const struct op *op)
{
	struct scan scan = scan_pages(&run->stage.region, op->first, op->end);
	struct scan_answer a = { 0 };
	size_t i;
	int err;

	scan.flags = PM_SCAN_WP_MATCHING | PM_SCAN_CHECK_WPASYNC;
	scan.mask = PAGE_IS_WRITTEN;
	scan.ret = PAGE_IS_WRITTEN;
	if (op->kind == OP_ARM_BLIND)
		return scan_call(&scan);
	err = scan_answer_read(&a, &run->stage.region, &scan);
	for (i = op->first; !err && i < op->end; i++) {
		/* What MADV_FREE gave may have gone meanwhile, which counts as written. */
		if (run->model.page[i].lazy || a.times[i] == !run->model.page[i].wp)
			continue;
		model_differ(&run->difference, SC_WP_MATCHING, run->model.page[i].wp ? EXTRA : LOST,
			     "page %zu to be reported %s by get-and-protect; it was %d times", i,
			     run->model.page[i].wp ? "never" : "once", a.times[i]);
		break;
	}
	scan_answer_free(&a);
	return err;
}

static int fill(struct model_run *run, const struct op *op)
{
	char *page, *at = stage_page(&run->stage, op->first);
	int err;

	if (op->kind == OP_ZEROPAGE)
		return uffd_zeropage(&run->stage.uffd, at, page_size(), 0, NULL);
	page = malloc(page_size());
	if (!page)
		return -ENOMEM;
	memset(page, run->value, page_size());
	err = uffd_copy(&run->stage.uffd, at, page, page_size(), op->kind == OP_COPY_WP ? UFFDIO_COPY_MODE_WP : 0, NULL);
	free(page);
	return err;
}

static int move_pages(struct model_run *run, const struct op *op)
{
	size_t n = op->end - op->first == 2 * pmd_pages() ? pmd_pages() : 1;
	int tries = 20, err;

	if (!(run->stage.uffd.features & UFFD_FEATURE_MOVE))
		return -ENOTSUP;
	do
		err = uffd_move(&run->stage.uffd, stage_page(&run->stage, op->end - n),
				stage_page(&run->stage, op->first), n * page_size(), 0, NULL);
	while (err == -EAGAIN && --tries);
	return err;
}

static int close_descriptor(struct model_run *run)
{
	stage_close(&run->stage);
	return 0;
}

static int register_again(struct model_run *run)
{
	struct stage *s = &run->stage;
	int err;

	if (s->uffd.fd < 0)
		return model_register(run);
	err = uffd_register(&s->uffd, s->region.start, s->region.pages * page_size(), UFFDIO_REGISTER_MODE_WP, NULL);
	if (!err)
		s->region.mode = run->model.wanted;
	return err;
}

static int advise(struct model_run *run, const struct op *op)
{
	static const int advice[OP_COUNT] = {
		[OP_DROP] = MADV_DONTNEED, [OP_FREE] = MADV_FREE, [OP_POPULATE_READ] = MADV_POPULATE_READ,
		[OP_POPULATE_WRITE] = MADV_POPULATE_WRITE,
	};

	return region_advise(&run->stage.region, op->first, op->end, advice[op->kind]);
}

int model_act(struct model_run *run, const struct op *op)
{
	struct stage *s = &run->stage;

	switch (op->kind) {
	case OP_PROTECT:
		return stage_protect(s, op->first, op->end);
	case OP_UNPROTECT:
		return stage_unprotect(s, op->first, op->end, 0);
	case OP_ARM: case OP_ARM_BLIND:
		return arm(run, op);
	case OP_LOCK:
		return region_allow(&s->region, op->first, op->end, PROT_READ);
	case OP_UNLOCK:
		return region_allow(&s->region, op->first, op->end, PROT_READ | PROT_WRITE);
	case OP_MREMAP: case OP_FORK: case OP_PAGEOUT: case OP_COLLAPSE: case OP_MIGRATE: case OP_SPLIT:
		return model_live(run, op);
	case OP_UNREGISTER:
		return stage_unregister(s);
	case OP_REGISTER:
		return register_again(run);
	case OP_CLOSE:
		return close_descriptor(run);
	case OP_COPY: case OP_COPY_WP: case OP_ZEROPAGE:
		return fill(run, op);
	case OP_MOVE:
		return move_pages(run, op);
	case OP_DROP: case OP_FREE: case OP_POPULATE_READ: case OP_POPULATE_WRITE:
		return advise(run, op);
	default:
		return model_access(run, op);
	}
}
