// SPDX-License-Identifier: GPL-2.0
/* What befalls a mapping as a whole, or its pages without its doing. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include "heir.h"
#include "model_impl.h"
#include "mover.h"
#include "reshape.h"
#include "swap.h"

#ifndef MADV_COLLAPSE
#define MADV_COLLAPSE 25
#endif

#define FOLIO_SPLITTER "/sys/kernel/debug/split_huge_pages"

static int move_region(struct model_run *run)
{
	struct stage *s = &run->stage;
	bool told = run->model.events && run->model.mode != UNREGISTERED;
	int err = run->spare.map ? 0 : region_make(&run->spare, UNPOPULATED, s->region.pmds), end;

	if (err)
		return err;
	/* region_move() wants as many pages as the region has. */
	run->spare.pages = s->region.pages;
	if (told)
		err = pump_start(&s->pump, PUMP_RECORD);
	if (!err)
		err = region_move(&s->region, 0, &run->spare);
	end = told ? pump_stop(&s->pump) : 0;
	if (!told)
		s->region.mode = UNREGISTERED;
	return err ? err : end;
}

static size_t protected_pages(const struct model *m)
{
	size_t n = 0, i;

	for (i = 0; i < m->pages; i++)
		n += m->page[i].wp;
	return n;
}

/* How many pages of a child are protected, whose event was taken, or who causes none. */
static ssize_t look_at_child(struct model_run *run, bool told)
{
	struct stage *s = &run->stage;
	ssize_t count;
	pid_t child;

	if (!told)
		return heir_protected_at_birth(&s->region);
	s->pump.count = 0;
	child = heir_bear(s);
	if (child < 0)
		return child;
	count = heir_protected(child, &s->region);
	heir_bury(child);
	if (!s->pump.count || s->pump.msg[0].event != UFFD_EVENT_FORK)
		return -EPROTO;
	close(s->pump.msg[0].arg.fork.ufd);
	return count;
}

/* userfaultfd(2): without the fork event the child has no protection, with it the same as its parent. */
static int fork_child(struct model_run *run)
{
	bool told = run->model.events && run->model.mode != UNREGISTERED;
	size_t wanted = told ? protected_pages(&run->model) : 0;
	ssize_t count = look_at_child(run, told);

	if (count < 0)
		return count;
	if ((size_t)count != wanted)
		model_differ(&run->difference, LC_FORK, (size_t)count < wanted ? LOST : EXTRA,
			     "%zu pages of a child protected; it is %zd", wanted, count);
	return 0;
}

static int page_out(struct model_run *run, const struct op *op)
{
	struct lack lack;

	return swap_need(&lack) ?: region_advise(&run->stage.region, op->first, op->end, MADV_PAGEOUT);
}

static int collapse(struct model_run *run)
{
	int tries = 20, err;

	/* madvise(2): EAGAIN is a page that could not be had just then. */
	do
		err = region_advise(&run->stage.region, 0, run->stage.region.pages, MADV_COLLAPSE);
	while (err == -EAGAIN && --tries);
	return err;
}

static int migrate(struct model_run *run, const struct op *op)
{
	struct region part = run->stage.region;

	part.start = region_page(&run->stage.region, op->first);
	part.pages = op->end - op->first;
	return mover_push(&part);
}

static int split_folios(struct model_run *run, const struct op *op)
{
	int fd = open(FOLIO_SPLITTER, O_WRONLY | O_CLOEXEC), n, err = 0;
	char text[80];

	if (fd < 0)
		return -ENOTSUP;
	n = snprintf(text, sizeof(text), "%d,%p,%p", getpid(), (void *)stage_page(&run->stage, op->first),
		     (void *)stage_page(&run->stage, op->end));
	if (write(fd, text, n) != n)
		err = -errno;
	close(fd);
	return err;
}

int model_live(struct model_run *run, const struct op *op)
{
	switch (op->kind) {
	case OP_MREMAP:
		return move_region(run);
	case OP_FORK:
		return fork_child(run);
	case OP_PAGEOUT:
		return page_out(run, op);
	case OP_COLLAPSE:
		return collapse(run);
	case OP_MIGRATE:
		return migrate(run, op);
	default:
		return split_folios(run, op);
	}
}
