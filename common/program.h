/* SPDX-License-Identifier: GPL-2.0 */
/*
 * program - a sequence of operations on a region, as text and as data; what the model (model.h) is tried with.
 *
 * Text: a head, then an operation each, between ';' or newlines, without blanks, so that a kernel's command line can
 * carry it: "async/huge-zero/512;protect(0-512);fork;store(5)". Head: mode, backing, base pages, and "/events" where fork and
 * mremap are to deliver theirs. Ranges are half-open, in base pages from the region's start; (5) is (5-6), "pmd" a PMD's pages,
 * "two" those of two, "all" the region's.
 */
#ifndef COMMON_PROGRAM_H
#define COMMON_PROGRAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "agent.h"
#include "requirement.h"

enum op_kind {
	OP_PROTECT,
	OP_UNPROTECT,
	OP_ARM,			/* get-and-protect of what is written */
	OP_ARM_BLIND,		/* the same without a vector */
	OP_STORE,		/* writers: of the range's first page; sync: its event is answered by un-protecting the range */
	OP_ATOMIC,
	OP_READ,
	OP_VM_WRITEV,
	OP_URING_READ,
	OP_PROC_MEM,		/* also of a page that may not be written to */
	OP_LOAD,		/* readers: of the range's first page */
	OP_WRITE,
	OP_VM_READV,
	OP_DROP,		/* MADV_DONTNEED */
	OP_FREE,		/* MADV_FREE */
	OP_POPULATE_READ,
	OP_POPULATE_WRITE,
	OP_LOCK,		/* mprotect: read only */
	OP_UNLOCK,		/* and back */
	OP_MREMAP,		/* the whole region moves elsewhere */
	OP_FORK,		/* a child is looked at, and killed */
	OP_PAGEOUT,
	OP_COLLAPSE,
	OP_MIGRATE,		/* to another node */
	OP_SPLIT,		/* of the folios, by debugfs */
	OP_UNREGISTER,
	OP_REGISTER,
	OP_CLOSE,		/* of the descriptor, with all it guards */
	OP_COPY,
	OP_COPY_WP,
	OP_ZEROPAGE,
	OP_MOVE,		/* UFFDIO_MOVE of the first page to the last; of two PMDs the first one to the second */
	OP_COUNT,
};

/* What an operation's arguments are. */
enum op_shape {
	OP_WHOLE,		/* none */
	OP_RANGE,
	OP_PAGE,		/* a range of one page */
};

struct op_traits {
	const char *name;
	enum op_shape shape;
	enum agent_kind agent;	/* AGENT_COUNT: none */
	enum requirement inside;	/* whom a page of the range that isn't as it should be is charged to */
	enum requirement outside;	/* and one that the operation doesn't concern */
	enum requirement content;	/* and one whose content isn't as it should be */
};

extern const struct op_traits op_traits[OP_COUNT];

struct op {
	enum op_kind kind;
	size_t first;
	size_t end;
};

#define PROGRAM_OPS 32

struct program {
	enum region_mode mode;	/* SYNC or ASYNC */
	enum backing backing;
	size_t pages;
	bool events;		/* fork and mremap deliver theirs, and carry the protection along */
	size_t count;
	struct op op[PROGRAM_OPS];
};

/* 0, or -EINVAL with what is wrong in @why. */
int program_parse(struct program *p, const char *text, char *why, size_t len);

/* One operation; returns @buf. */
char *op_text(const struct op *op, char *buf, size_t len);

/* All of it, with @separator between the operations; returns @buf. */
char *program_text(const struct program *p, const char *separator, char *buf, size_t len);

#endif /* COMMON_PROGRAM_H */
