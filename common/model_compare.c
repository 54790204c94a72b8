// SPDX-License-Identifier: GPL-2.0
/* How the state compares with what is seen, and whom a difference is charged to. */
#include <stdarg.h>
#include <stdio.h>

#include "model.h"

static size_t pmd_end(const struct model *m, size_t pmd)
{
	size_t end = (pmd + 1) * pmd_pages();

	return end < m->pages ? end : m->pages;
}

/* Takes over what an operation was free to do with a PMD that is huge now. */
static void take_freedom(struct model *m, size_t pmd)
{
	unsigned int free = m->pmd[pmd].free;
	size_t i;

	for (i = pmd * pmd_pages(); i < pmd_end(m, pmd); i++) {
		struct model_page *p = &m->page[i];

		if (free & MODEL_POPULATES && p->may & MODEL_NONE)
			p->may |= MODEL_ZERO | MODEL_ANON;
		if (free & MODEL_WRITES && p->may & (MODEL_NONE | MODEL_ZERO))
			p->may |= MODEL_ANON;
		if (free & MODEL_RESOLVES)
			p->wp = false;
	}
}

/* What is seen of a page, as a kind: a protected unpopulated page reads as swapped, for both are no present entry. */
static uint8_t seen_kind(const struct model_page *p, uint32_t facts)
{
	if (facts & PRESENT)
		return facts & ZERO ? MODEL_ZERO : MODEL_ANON;
	if (!(facts & SWAPPED))
		return MODEL_NONE;
	return p->may & MODEL_ANON ? MODEL_ANON : MODEL_NONE;
}

/* What happens to a page by itself: reclaim drops what MADV_FREE gave, a split THP's zero pages become the zero page. */
static void take_drift(struct model_page *p, uint32_t facts)
{
	if (p->lazy && !(facts & (PRESENT | SWAPPED)))
		*p = (struct model_page){ .may = MODEL_NONE, .locked = p->locked };
	if (p->may == MODEL_ANON && !p->first && !p->last && facts & ZERO)
		p->may = MODEL_ZERO;
}

bool model_differ(struct model_difference *d, enum requirement id, enum violation class, const char *text, ...)
{
	va_list args;

	d->id = id;
	d->class = class;
	va_start(args, text);
	vsnprintf(d->text, sizeof(d->text), text, args);
	va_end(args);
	return false;
}

static const char *kind_text(uint8_t may)
{
	static const char *const text[] = {
		"nothing", "none", "zero", "none or zero", "anonymous", "none or anonymous", "zero or anonymous", "anything",
	};

	return text[may & 7];
}

/* A bit that vanished is a write that goes unseen, now or later; one too many is cost, but in async an unseen write. */
static enum violation wp_class(const struct model *m, bool wanted)
{
	return wanted || m->mode == ASYNC ? LOST : EXTRA;
}

static bool writes(const struct op *op)
{
	enum agent_kind agent = op_traits[op->kind].agent;

	return agent != AGENT_COUNT && agent_writes(agent);
}

/* What isn't as it should be where a PMD was split, and nobody asked for that page, is the split's doing. */
static enum requirement charged_to_split(const struct model *m, const struct op *op, size_t i)
{
	if (writes(op) && m->mode == ASYNC && m->page[i].may & MODEL_ZERO)
		return AS_SPLIT_PATH;
	return LC_SPLIT;
}

static enum requirement charged_to(const struct model *m, const struct view *v, const struct op *op, size_t i)
{
	const struct op_traits *t = &op_traits[op->kind];
	size_t end = writes(op) && m->mode == ASYNC ? op->first + 1 : op->end;
	bool inside = i >= op->first && i < end;

	if (!inside && m->pmd[i / pmd_pages()].was_huge && !(v->page[i] & HUGE))
		return charged_to_split(m, op, i);
	if (writes(op) && m->wanted == SYNC)
		return EV_CONTENT_HELD;
	if (inside && m->page[i].may == MODEL_NONE && (op->kind == OP_PROTECT || op->kind == OP_UNPROTECT))
		return WP_UNPOPULATED;
	return inside ? t->inside : t->outside;
}

static bool page_fits(const struct model *m, const struct model_page *p, uint8_t kind, uint32_t facts)
{
	if (!(facts & WPALLOWED) == (m->mode == ASYNC))
		return false;
	return kind & p->may && !(facts & WP) == !p->wp && (m->mode == UNREGISTERED || !(facts & WRITTEN) == p->wp);
}

/* Says what doesn't fit. */
static bool differ_by_page(const struct model *m, size_t i, uint8_t kind, uint32_t facts, enum requirement id,
			   struct model_difference *d)
{
	const struct model_page *p = &m->page[i];
	char seen[96];

	facts_text(facts, seen, sizeof(seen));
	if (!(facts & WPALLOWED) == (m->mode == ASYNC))
		return model_differ(d, PM_WPALLOWED, INTERFACE, "page %zu %swpallowed; it is %s", i,
				    m->mode == ASYNC ? "" : "not ", seen);
	if (!(kind & p->may))
		return model_differ(d, id, DISAGREE, "page %zu %s; it is %s", i, kind_text(p->may), seen);
	if (!(facts & WP) != !p->wp)
		return model_differ(d, id, wp_class(m, p->wp), "page %zu %sprotected; it is %s", i, p->wp ? "" : "un", seen);
	return model_differ(d, id, p->wp ? EXTRA : LOST, "page %zu %swritten; it is %s", i, p->wp ? "not " : "", seen);
}

static bool compare_page(struct model *m, const struct view *v, const struct op *op, size_t i,
			 struct model_difference *d)
{
	struct model_page *p = &m->page[i];
	uint8_t kind;

	take_drift(p, v->page[i]);
	kind = seen_kind(p, v->page[i]);
	if (!page_fits(m, p, kind, v->page[i]))
		return differ_by_page(m, i, kind, v->page[i], charged_to(m, v, op, i), d);
	p->may = kind;
	return true;
}

static enum requirement charged_for_content(const struct model *m, const struct op *op, size_t i)
{
	if (!writes(op) || m->wanted == ASYNC)
		return op_traits[op->kind].content;
	return m->pmd[i / pmd_pages()].was_huge ? HZ_SYNC_THP : EV_CONTENT_HELD;
}

static bool differ_by_content(const struct model *m, const struct op *op, size_t i, uint8_t first, uint8_t last,
			      struct model_difference *d)
{
	const struct model_page *p = &m->page[i];

	return model_differ(d, charged_for_content(m, op, i), LOST,
			    "page %zu to hold 0x%02x .. 0x%02x; it holds 0x%02x .. 0x%02x", i, p->first, p->last, first, last);
}

/* Of what is present only, so that looking populates nothing. */
static bool compare_contents(const struct model *m, const struct view *v, const struct op *op,
			     struct model_difference *d)
{
	const char *at = v->region->start;
	size_t size = page_size(), i;

	for (i = 0; i < m->pages; i++, at += size) {
		const struct model_page *p = &m->page[i];
		uint8_t first, last;

		if (!(v->page[i] & PRESENT) || p->lazy)
			continue;
		first = READ_ONCE(*at);
		last = READ_ONCE(at[size - 1]);
		if (first != p->first || last != p->last)
			return differ_by_content(m, op, i, first, last, d);
	}
	return true;
}

/* A huge entry maps all of a PMD. */
static bool compare_size(struct model *m, const struct view *v, size_t pmd, const struct op *op,
			 struct model_difference *d)
{
	size_t first = pmd * pmd_pages(), end = pmd_end(m, pmd);
	bool huge = v->page[first] & HUGE;
	enum model_size size = m->pmd[pmd].size;
	ssize_t odd = view_find_not(v, first, end, huge ? HUGE : 0, huge ? 0 : HUGE);

	m->pmd[pmd].size = huge ? MODEL_HUGE : MODEL_SMALL;
	if (odd >= 0)
		return model_differ(d, PM_AGREE, DISAGREE, "PMD %zu huge as a whole or not at all; page %zd differs from its first",
			      pmd, odd);
	if (size == MODEL_EITHER || huge == (size == MODEL_HUGE))
		return true;
	return model_differ(d, huge ? LC_COLLAPSE : writes(op) ? EV_CONTENT_HELD : op_traits[op->kind].inside, huge ? DISAGREE : EXTRA,
		      "PMD %zu %s huge; it %s", pmd, huge ? "not" : "still", huge ? "is" : "was split");
}

void model_compare(struct model *m, const struct view *v, const struct op *op, struct model_difference *d)
{
	bool same = true;
	size_t i;

	d->id = REQUIREMENT_NONE;
	for (i = 0; i < m->pmds; i++)
		if (v->page[i * pmd_pages()] & HUGE)
			take_freedom(m, i);
	for (i = 0; same && i < m->pages; i++)
		same = compare_page(m, v, op, i, d);
	same = same && compare_contents(m, v, op, d);
	for (i = 0; same && i < m->pmds; i++)
		same = compare_size(m, v, i, op, d);
}
