// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "../uffd/compiler.h"
#include "program.h"

#define OP(kind, text, how, in, out, what) \
	[kind] = { text, how, AGENT_COUNT, in, out, what }
#define WRITER(kind, by, text) \
	[kind] = { text, OP_RANGE, by, AS_RESOLVES, AS_PRECISE, AS_RESOLVES }
#define IN_KERNEL(kind, by, text) \
	[kind] = { text, OP_RANGE, by, WP_KERNEL_WRITERS, AS_PRECISE, WP_KERNEL_WRITERS }
#define READER(kind, by, text) \
	[kind] = { text, OP_PAGE, by, WP_READ_KEEPS, WP_READ_KEEPS, WP_READ_KEEPS }

const struct op_traits op_traits[OP_COUNT] = {
	OP(OP_PROTECT, "protect", OP_RANGE, WP_RANGE_EXACT, WP_RANGE_EXACT, WP_RANGE_EXACT),
	OP(OP_UNPROTECT, "unprotect", OP_RANGE, WP_RANGE_EXACT, WP_RANGE_EXACT, WP_RANGE_EXACT),
	OP(OP_ARM, "arm", OP_RANGE, SC_WP_MATCHING, SC_WP_MATCHING, SC_WP_MATCHING),
	OP(OP_ARM_BLIND, "arm-blind", OP_RANGE, SC_WP_NO_VEC, SC_WP_NO_VEC, SC_WP_NO_VEC),
	WRITER(OP_STORE, AGENT_STORE, "store"),
	WRITER(OP_ATOMIC, AGENT_ATOMIC, "atomic"),
	IN_KERNEL(OP_READ, AGENT_READ, "read"),
	IN_KERNEL(OP_VM_WRITEV, AGENT_VM_WRITEV, "vm-writev"),
	IN_KERNEL(OP_URING_READ, AGENT_URING_READ, "uring-read"),
	IN_KERNEL(OP_PROC_MEM, AGENT_PROC_MEM, "proc-mem"),
	READER(OP_LOAD, AGENT_LOAD, "load"),
	READER(OP_WRITE, AGENT_WRITE, "write"),
	READER(OP_VM_READV, AGENT_VM_READV, "vm-readv"),
	OP(OP_DROP, "drop", OP_RANGE, LC_ZAP, LC_ZAP, LC_ZAP),
	OP(OP_FREE, "free", OP_RANGE, LC_ZAP, LC_ZAP, LC_ZAP),
	OP(OP_POPULATE_READ, "populate-read", OP_RANGE, WP_POPULATE_KEEPS, WP_POPULATE_KEEPS, WP_POPULATE_KEEPS),
	OP(OP_POPULATE_WRITE, "populate-write", OP_RANGE, AS_RESOLVES, AS_PRECISE, AS_RESOLVES),
	OP(OP_LOCK, "lock", OP_RANGE, LC_MPROTECT, LC_MPROTECT, LC_MPROTECT),
	OP(OP_UNLOCK, "unlock", OP_WHOLE, LC_MPROTECT, LC_MPROTECT, LC_MPROTECT),
	OP(OP_MREMAP, "mremap", OP_WHOLE, LC_MREMAP, LC_MREMAP, LC_MREMAP),
	OP(OP_FORK, "fork", OP_WHOLE, LC_FORK, LC_FORK, LC_FORK),
	OP(OP_PAGEOUT, "pageout", OP_RANGE, LC_SWAP, LC_SWAP, LC_SWAP),
	OP(OP_COLLAPSE, "collapse", OP_WHOLE, LC_COLLAPSE, LC_COLLAPSE, LC_COLLAPSE),
	OP(OP_MIGRATE, "migrate", OP_RANGE, LC_MIGRATE, LC_MIGRATE, LC_MIGRATE),
	OP(OP_SPLIT, "split", OP_RANGE, LC_SPLIT, LC_SPLIT, LC_SPLIT),
	OP(OP_UNREGISTER, "unregister", OP_WHOLE, LC_UNREGISTER, LC_UNREGISTER, LC_UNREGISTER),
	OP(OP_REGISTER, "register", OP_WHOLE, LC_REREGISTER, LC_REREGISTER, LC_REREGISTER),
	OP(OP_CLOSE, "close", OP_WHOLE, EV_CLOSE, EV_CLOSE, EV_CLOSE),
	OP(OP_COPY, "copy", OP_PAGE, FI_COPY_WP, FI_COPY_WP, FI_COPY_WP),
	OP(OP_COPY_WP, "copy-wp", OP_PAGE, FI_COPY_WP, FI_COPY_WP, FI_COPY_WP),
	OP(OP_ZEROPAGE, "zeropage", OP_PAGE, FI_ZERO, FI_ZERO, FI_ZERO),
	OP(OP_MOVE, "move", OP_RANGE, FI_MOVE, FI_MOVE, FI_MOVE),
};

static int find_op(const char *word)
{
	int kind;

	for (kind = 0; kind < OP_COUNT; kind++)
		if (!strcmp(op_traits[kind].name, word))
			return kind;
	return -EINVAL;
}

/* "5", "pmd", "two", "all" */
static size_t pages_of(const struct program *p, const char *word)
{
	if (!strcmp(word, "pmd"))
		return pmd_pages();
	if (!strcmp(word, "two"))
		return 2 * pmd_pages();
	return strcmp(word, "all") ? strtoul(word, NULL, 10) : p->pages;
}

/* "store(5)", "protect(0-all)", "fork" */
static int parse_op(struct program *p, const char *text)
{
	char word[24], first[12], end[12];
	struct op op = { .end = p->pages };
	int kind, n, at = 0;

	n = sscanf(text, "%23[a-z-]%n(%11[a-z0-9]-%11[a-z0-9])", word, &at, first, end);
	kind = n < 1 ? -EINVAL : find_op(word);
	if (kind < 0 || (op_traits[kind].shape == OP_WHOLE) != (n == 1 && !text[at]))
		return -EINVAL;
	op.kind = kind;
	if (n > 1) {
		op.first = pages_of(p, first);
		op.end = n > 2 ? pages_of(p, end) : op.first + 1;
	}
	if (op.first >= op.end || op.end > p->pages || p->count == PROGRAM_OPS)
		return -EINVAL;
	p->op[p->count++] = op;
	return 0;
}

static int find_backing(const char *word)
{
	int b;

	/* Anonymous memory: what the model speaks of. */
	for (b = 0; b <= BASE_PAGES; b++)
		if (!strcmp(backing_name(b), word))
			return b;
	return -EINVAL;
}

static int parse_head(struct program *p, const char *text)
{
	char mode[8] = "", backing[24] = "", pages[12] = "", events[8] = "";
	int n = sscanf(text, "%7[a-z]/%23[a-z-]/%11[a-z0-9]/%7[a-z]", mode, backing, pages, events), b;

	p->pages = pages_of(p, pages);
	b = n < 3 ? -EINVAL : find_backing(backing);
	if (b < 0 || !p->pages || (strcmp(mode, "sync") && strcmp(mode, "async")) ||
	    (n == 4 && strcmp(events, "events")))
		return -EINVAL;
	p->mode = *mode == 's' ? SYNC : ASYNC;
	p->backing = b;
	p->events = n == 4;
	return 0;
}

int program_parse(struct program *p, const char *text, char *why, size_t len)
{
	char *copy = strdup(text), *rest, *word;
	int err = copy ? 0 : -ENOMEM;
	bool head = true;

	memset(p, 0, sizeof(*p));
	for (word = copy ? strtok_r(copy, "; \t\n", &rest) : NULL; word && !err;
	     word = strtok_r(NULL, "; \t\n", &rest)) {
		err = head ? parse_head(p, word) : parse_op(p, word);
		if (err)
			snprintf(why, len, "'%s' is no %s", word,
				 head ? "head: async/huge-zero/512" : "operation of such a region");
		head = false;
	}
	free(copy);
	if (head && !err)
		snprintf(why, len, "an empty program");
	return head && !err ? -EINVAL : err;
}

char *op_text(const struct op *op, char *buf, size_t len)
{
	const struct op_traits *t = &op_traits[op->kind];

	if (t->shape == OP_WHOLE)
		snprintf(buf, len, "%s", t->name);
	else if (op->end == op->first + 1)
		snprintf(buf, len, "%s(%zu)", t->name, op->first);
	else
		snprintf(buf, len, "%s(%zu-%zu)", t->name, op->first, op->end);
	return buf;
}

char *program_text(const struct program *p, const char *separator, char *buf, size_t len)
{
	int used = snprintf(buf, len, "%s/%s/%zu%s", p->mode == SYNC ? "sync" : "async", backing_name(p->backing),
			    p->pages, p->events ? "/events" : "");
	char op[64];
	size_t i;

	for (i = 0; i < p->count && (size_t)used < len; i++)
		used += snprintf(buf + used, len - used, "%s%s", separator, op_text(&p->op[i], op, sizeof(op)));
	return buf;
}
