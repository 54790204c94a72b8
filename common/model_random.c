// SPDX-License-Identifier: GPL-2.0
#include <string.h>

#include "../uffd/compiler.h"
#include "model_random.h"

#define LONGEST 12
#define SHORTEST 3
/* A populated PMD costs milliseconds to make; of small pages a few show as much. */
#define FEW_PAGES 64

/* splitmix64: any seed does, also the ones that follow each other. */
struct dice dice_make(uint64_t seed)
{
	return (struct dice){ seed };
}

size_t dice_throw(struct dice *d, size_t n)
{
	uint64_t z = d->state += 0x9e3779b97f4a7c15ULL;

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
	return (z ^ (z >> 31)) % n;
}

static size_t near_a_border(struct dice *d, size_t pages)
{
	size_t border[] = { 0, 5, pages / 2, pages - 1, pmd_pages() % pages, pmd_pages() % pages + 1 };

	return border[dice_throw(d, ARRAY_SIZE(border))];
}

static void random_range(struct op *op, struct dice *d, size_t pages)
{
	switch (dice_throw(d, 4)) {
	case 0:
		op->first = 0;
		op->end = pages;
		break;
	case 1:
		op->first = dice_throw(d, pages);
		op->end = op->first + 1 + dice_throw(d, pages - op->first);
		break;
	case 2:
		op->first = near_a_border(d, pages);
		op->end = op->first + 1;
		break;
	default:
		op->first = dice_throw(d, (pages + pmd_pages() - 1) / pmd_pages()) * pmd_pages();
		op->end = op->first + pmd_pages() < pages ? op->first + pmd_pages() : pages;
	}
}

static void random_op(struct op *op, struct dice *d, size_t pages)
{
	op->kind = dice_throw(d, OP_COUNT);
	random_range(op, d, pages);
	if (op_traits[op->kind].shape == OP_WHOLE) {
		op->first = 0;
		op->end = pages;
	} else if (op_traits[op->kind].shape == OP_PAGE) {
		op->end = op->first + 1;
	} else if (op->kind == OP_MOVE) {
		op->first = dice_throw(d, 2) ? 0 : near_a_border(d, pages - 1);
		op->end = dice_throw(d, 2) ? pages : op->first + 2 + dice_throw(d, pages - op->first - 1);
	}
}

void program_random(struct program *p, struct dice *d)
{
	bool few;
	size_t i;

	memset(p, 0, sizeof(*p));
	p->mode = dice_throw(d, 2) ? SYNC : ASYNC;
	p->backing = dice_throw(d, BASE_PAGES + 1);
	p->events = !dice_throw(d, 3);
	few = p->backing == ZERO_PTES || p->backing == BASE_PAGES;
	p->pages = few ? FEW_PAGES : pmd_pages() * (1 + !dice_throw(d, 3));
	p->count = SHORTEST + dice_throw(d, LONGEST - SHORTEST + 1);
	for (i = 0; i < p->count; i++)
		random_op(&p->op[i], d, p->pages);
}

static void without(struct program *p, size_t op)
{
	p->count--;
	memmove(&p->op[op], &p->op[op + 1], (p->count - op) * sizeof(p->op[0]));
}

size_t program_shrink(struct program *p, bool (*fails)(const struct program *p, void *arg), void *arg)
{
	struct program less;
	bool shorter = true;
	size_t i;

	while (shorter) {
		shorter = false;
		for (i = p->count; i--;) {
			less = *p;
			without(&less, i);
			if (!fails(&less, arg))
				continue;
			*p = less;
			shorter = true;
		}
	}
	less = *p;
	less.events = false;
	if (p->events && fails(&less, arg))
		*p = less;
	return p->count;
}
