// SPDX-License-Identifier: GPL-2.0
/* What each operation does to the state. The sources are quoted where they promise it. */
#include <errno.h>

#include "model.h"

void model_touch(struct model *m, const struct op *op, bool in_part, unsigned int freedom)
{
	size_t pmd, first, end;

	for (pmd = op->first / pmd_pages(); pmd < m->pmds && pmd * pmd_pages() < op->end; pmd++) {
		first = pmd * pmd_pages();
		end = first + pmd_pages() < m->pages ? first + pmd_pages() : m->pages;
		m->pmd[pmd].free |= freedom;
		if (!in_part || op->first > first || op->end < end)
			m->pmd[pmd].size = MODEL_EITHER;
	}
}

/* userfaultfd.rst: what is unpopulated is protected with WP_UNPOPULATED only, and ignored without it. */
static void protect(struct model *m, const struct op *op, bool wp)
{
	size_t i;

	for (i = op->first; i < op->end; i++)
		if (!wp || m->page[i].may != MODEL_NONE || m->holes)
			m->page[i].wp = wp;
	/* pagemap.rst: get-and-protect arms whole PMDs without a split; UFFDIO_WRITEPROTECT does the same, de facto. */
	model_touch(m, op, true, 0);
}

bool model_blocks(const struct model *m, const struct op *op)
{
	return m->mode == SYNC && m->page[op->first].wp;
}

/* transhuge.rst: a fault may fill its neighbours too, where huge pages smaller than a PMD are switched on. */
static void fill_neighbours(struct model *m, const struct op *op)
{
	size_t i = op->first / pmd_pages() * pmd_pages();
	size_t end = (op->end + pmd_pages() - 1) / pmd_pages() * pmd_pages();

	for (; i < end && i < m->pages; i++)
		if (m->page[i].may == MODEL_NONE && !m->page[i].wp)
			m->page[i].may |= MODEL_ANON;
}

/*
 * userfaultfd.rst, async: the fault is resolved by the kernel; sync: by whoever un-protects. A write to a huge PMD leaves it
 * huge or not; where it stays huge, all of it may be reported.
 */
static void write_page(struct model *m, const struct op *op, uint8_t value)
{
	struct model_page *p = &m->page[op->first];
	struct model_pmd *pmd = &m->pmd[op->first / pmd_pages()];
	struct op one = { op->kind, op->first, op->first + 1 };
	unsigned int freedom = MODEL_POPULATES | MODEL_WRITES;

	if (m->mode == ASYNC && pmd->size == MODEL_HUGE)
		freedom |= MODEL_RESOLVES;
	if (model_blocks(m, op))
		protect(m, op, false);
	model_touch(m, &one, false, freedom);
	if (p->may & MODEL_NONE)
		fill_neighbours(m, &one);
	p->may = MODEL_ANON;
	p->first = value;
	p->wp = false;
	p->lazy = false;
}

/* userfaultfd.rst: reads of protected unpopulated pages populate them, protected. */
static void read_pages(struct model *m, const struct op *op)
{
	size_t i, populated = 0;

	for (i = op->first; i < op->end; i++)
		if (m->page[i].may == MODEL_NONE) {
			m->page[i].may = MODEL_ZERO | MODEL_ANON;
			populated++;
		}
	if (populated)
		model_touch(m, op, false, MODEL_POPULATES);
}

/* madvise(2): as if each page was written to, its content kept. */
static void populate_write(struct model *m, const struct op *op)
{
	size_t i;

	fill_neighbours(m, op);
	for (i = op->first; i < op->end; i++) {
		m->page[i].may = MODEL_ANON;
		m->page[i].wp = false;
	}
	model_touch(m, op, false, MODEL_POPULATES | MODEL_WRITES | (m->mode == ASYNC ? MODEL_RESOLVES : 0));
}

/* userfaultfd.rst: dropping anonymous memory drops its protection, and counts as writing it. */
static void drop(struct model *m, size_t page)
{
	m->page[page] = (struct model_page){ .may = MODEL_NONE, .locked = m->page[page].locked };
}

static void drop_pages(struct model *m, const struct op *op)
{
	size_t i;

	for (i = op->first; i < op->end; i++)
		drop(m, i);
	model_touch(m, op, false, 0);
}

/* madvise(2), MADV_FREE: the kernel may free the pages at any time until they are written to. */
static void free_pages(struct model *m, const struct op *op)
{
	size_t i;

	for (i = op->first; i < op->end; i++)
		m->page[i].lazy = m->page[i].may == MODEL_ANON;
	model_touch(m, op, false, 0);
}

static void lock(struct model *m, const struct op *op, bool locked)
{
	size_t i;

	for (i = op->first; i < op->end; i++)
		m->page[i].locked = locked;
	model_touch(m, op, false, 0);
}

/* ioctl_userfaultfd(2): unregistering, like the end of the descriptor, leaves no protection behind. */
static void release(struct model *m, const struct op *op)
{
	size_t i;

	for (i = 0; i < m->pages; i++)
		m->page[i].wp = false;
	m->mode = UNREGISTERED;
	model_touch(m, op, false, 0);
}

/* userfaultfd(2): without the remap event the moved pages are not registered any more, and so not protected. */
static void mremap_region(struct model *m, const struct op *op)
{
	if (m->mode != UNREGISTERED && !m->events)
		release(m, op);
	model_touch(m, op, false, 0);
}

/* ioctl_userfaultfd(2): only unpopulated pages are filled, others give EEXIST and stay as they are. */
static void fill(struct model *m, const struct op *op, uint8_t value)
{
	struct model_page *p = &m->page[op->first];

	p->may = op->kind == OP_ZEROPAGE ? MODEL_ZERO | MODEL_ANON : MODEL_ANON;
	p->first = value;
	p->last = value;
	p->wp = op->kind == OP_COPY_WP;
	model_touch(m, op, false, 0);
}

/* ioctl_userfaultfd(2), UFFDIO_MOVE: the source is left empty; the destination arrives unprotected, de facto. */
static void move_pages(struct model *m, const struct op *op)
{
	size_t n = op->end - op->first == 2 * pmd_pages() ? pmd_pages() : 1, i;

	for (i = 0; i < n; i++) {
		struct model_page *to = &m->page[op->end - n + i];

		*to = m->page[op->first + i];
		to->wp = false;
		drop(m, op->first + i);
	}
	model_touch(m, op, false, 0);
}

/* Operations that change no page, but perhaps the size of what maps it. */
static void only_reshape(struct model *m, const struct op *op)
{
	model_touch(m, op, false, op->kind == OP_COLLAPSE ? MODEL_POPULATES | MODEL_WRITES : 0);
}

/* Mappings that get pages of their own while there are several need not become one again. */
static void note_cut(struct model *m, const struct op *op)
{
	bool populates = op_traits[op->kind].agent != AGENT_COUNT || op->kind == OP_POPULATE_READ ||
			 op->kind == OP_POPULATE_WRITE || op->kind == OP_COLLAPSE || op->kind >= OP_COPY;
	size_t i;

	for (i = 0; populates && !m->cut && i < m->pages; i++)
		m->cut = m->page[i].locked;
}

static void apply(struct model *m, const struct op *op, uint8_t value)
{
	switch (op->kind) {
	case OP_PROTECT: case OP_ARM: case OP_ARM_BLIND:
		return protect(m, op, true);
	case OP_UNPROTECT:
		return protect(m, op, false);
	case OP_STORE: case OP_ATOMIC: case OP_READ: case OP_VM_WRITEV: case OP_URING_READ:
	case OP_PROC_MEM:
		return write_page(m, op, value);
	case OP_LOAD: case OP_WRITE: case OP_VM_READV: case OP_POPULATE_READ:
		return read_pages(m, op);
	case OP_POPULATE_WRITE:
		return populate_write(m, op);
	case OP_DROP:
		return drop_pages(m, op);
	case OP_FREE:
		return free_pages(m, op);
	case OP_LOCK: case OP_UNLOCK:
		return lock(m, op, op->kind == OP_LOCK);
	case OP_MREMAP:
		return mremap_region(m, op);
	case OP_UNREGISTER: case OP_CLOSE:
		return release(m, op);
	case OP_COPY: case OP_COPY_WP: case OP_ZEROPAGE:
		return fill(m, op, value);
	case OP_MOVE:
		return move_pages(m, op);
	case OP_REGISTER:
		m->mode = m->wanted;
		return;
	default:
		return only_reshape(m, op);
	}
}

void model_apply(struct model *m, const struct op *op, int result, uint8_t value)
{
	size_t i;

	note_cut(m, op);
	for (i = 0; i < m->pmds; i++) {
		m->pmd[i].free = 0;
		m->pmd[i].was_huge = m->pmd[i].size == MODEL_HUGE;
	}
	if (result < 0 && op->kind < OP_PAGEOUT)
		return;
	/* A move that failed may have split what it was to move. */
	if (result < 0 && op->kind == OP_MOVE)
		return model_touch(m, op, false, 0);
	if (result < 0 && op->kind >= OP_UNREGISTER)
		return;
	apply(m, op, value);
}
