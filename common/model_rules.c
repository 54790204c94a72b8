// SPDX-License-Identifier: GPL-2.0
/* Which operations make no sense in a state, which would meet a known bug, and why: a table. */
#include <errno.h>

#include "../uffd/compiler.h"
#include "model.h"

#define IS(kind) (1U << (kind))
#define WRITERS (IS(OP_STORE) | IS(OP_ATOMIC) | IS(OP_READ) | IS(OP_VM_WRITEV) | IS(OP_URING_READ) | \
		 IS(OP_PROC_MEM))
#define READERS (IS(OP_LOAD) | IS(OP_WRITE) | IS(OP_VM_READV))
#define FILLERS (IS(OP_COPY) | IS(OP_COPY_WP) | IS(OP_ZEROPAGE))
#define ARMERS (IS(OP_ARM) | IS(OP_ARM_BLIND))

/* A row's question. */
#define RULE(name) static bool name(const struct model __maybe_unused *m, const struct op __maybe_unused *op, \
				    const struct view __maybe_unused *v)

static size_t moved(const struct op *op)
{
	return op->end - op->first == 2 * pmd_pages() ? pmd_pages() : 1;
}

RULE(unregistered)
{
	return m->mode == UNREGISTERED;
}

RULE(not_async)
{
	return m->mode != ASYNC;
}

static bool any_in(const struct model *m, size_t first, size_t end, bool (*is)(const struct model_page *p))
{
	size_t i;

	for (i = first; i < end; i++)
		if (is(&m->page[i]))
			return true;
	return false;
}

static bool is_locked(const struct model_page *p) { return p->locked; }
static bool is_protected(const struct model_page *p) { return p->wp; }
static bool is_lazy(const struct model_page *p) { return p->lazy; }
static bool is_none(const struct model_page *p) { return p->may == MODEL_NONE; }
static bool is_there(const struct model_page *p) { return p->may != MODEL_NONE; }

RULE(locked_first)
{
	return m->page[op->first].locked;
}

RULE(locked_anywhere)
{
	return any_in(m, 0, m->pages, is_locked);
}

RULE(was_cut)
{
	return m->cut;
}

RULE(sync_protected)
{
	return m->mode == SYNC && any_in(m, op->first, op->end, is_protected);
}

RULE(lazy_there)
{
	return any_in(m, op->first, op->end, is_lazy);
}

RULE(protected_hole)
{
	return m->page[op->first].wp && is_none(&m->page[op->first]);
}

RULE(no_source)
{
	return op->end < op->first + 2 || any_in(m, op->first, op->first + moved(op), is_none);
}

RULE(taken_further_on)
{
	return is_none(&m->page[op->end - moved(op)]) && any_in(m, op->end - moved(op), op->end, is_there);
}

/* As one entry it goes or doesn't; page by page it may stop anywhere. */
RULE(table_moved)
{
	return moved(op) > 1 && (op->first % pmd_pages() || m->pmd[op->first / pmd_pages()].size != MODEL_HUGE);
}

RULE(moves_protected_hole)
{
	size_t to = op->end - moved(op);

	return is_none(&m->page[to]) && any_in(m, to, op->end, is_protected);
}

RULE(moves_swapped)
{
	return view_find_not(v, op->first, op->first + moved(op), PRESENT, 0) >= 0;
}

static const struct {
	unsigned int ops;
	bool (*meets)(const struct model *m, const struct op *op, const struct view *v);
	const char *why;
} rules[] = {
	{ IS(OP_PROTECT) | IS(OP_UNPROTECT) | IS(OP_UNREGISTER) | IS(OP_CLOSE) | FILLERS | IS(OP_MOVE), unregistered,
	  "nothing is registered" },
	{ ARMERS, not_async, "get-and-protect is for async" },
	{ (WRITERS & ~IS(OP_PROC_MEM)) | IS(OP_POPULATE_WRITE) | IS(OP_MOVE), locked_first, "the page may not be written to" },
	{ IS(OP_POPULATE_WRITE) | IS(OP_MREMAP) | IS(OP_MOVE), locked_anywhere, "the region is of several mappings" },
	{ IS(OP_MREMAP), was_cut, "the region may be of several mappings still" },
	{ IS(OP_POPULATE_WRITE), sync_protected, "the call would wait for its events" },
	{ FILLERS | IS(OP_MOVE), lazy_there, "whether the page is there is the kernel's to decide" },
	{ IS(OP_MOVE), no_source, "nothing to move" },
	{ IS(OP_MOVE), taken_further_on, "the move may be a short one" },
	{ IS(OP_MOVE), table_moved, "the move of many entries may be a short one" },
	/* Bugs of released kernels; see expected/deviations.tsv for the cases that show them. */
	{ IS(OP_ZEROPAGE), protected_hole, "bug: ZEROPAGE onto a protected hole gives EEXIST; fill:hole.zeropage_*" },
	{ IS(OP_MOVE), moves_protected_hole, "bug: MOVE onto a protected hole gives EEXIST" },
	{ IS(OP_MOVE), moves_swapped, "bug: MOVE of a swapped page takes its protection along" },
};

const char *model_refuses(const struct model *m, const struct op *op, const struct view *v)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(rules); i++)
		if (rules[i].ops & IS(op->kind) && rules[i].meets(m, op, v))
			return rules[i].why;
	return NULL;
}

int model_expects(const struct model *m, const struct op *op)
{
	switch (op->kind) {
	case OP_COPY: case OP_COPY_WP: case OP_ZEROPAGE:
		return is_none(&m->page[op->first]) ? 0 : -EEXIST;
	case OP_MOVE:
		if (is_there(&m->page[op->end - moved(op)]))
			return MODEL_FAILS;
		/* Others may be shared, or in use. */
		return m->page[op->first].may == MODEL_ZERO ? 0 : MODEL_ANY;
	case OP_PROC_MEM: case OP_PAGEOUT: case OP_COLLAPSE: case OP_MIGRATE: case OP_SPLIT:
		return MODEL_ANY;
	default:
		return 0;
	}
}
