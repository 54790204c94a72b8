/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Protecting and un-protecting ranges, each looked at over the whole region: what changed is the range and nothing else.
 * The view before the first is s->before; afterwards it shows what was seen last.
 */
#ifndef CASES_FLIP_H
#define CASES_FLIP_H

/* Every page of [first, end) changed its state, to protected or from it, and no page outside. */
static bool __maybe_unused flipped(const struct place *at, struct stage *s, size_t first, size_t end, bool protected)
{
	uint32_t facts = WP | (s->after.scan ? WRITTEN : 0);
	uint32_t set = protected ? WP : WRITTEN;
	size_t i;

	for (i = 0; i < s->region.pages; i++) {
		uint32_t changed = (s->before.page[i] ^ s->after.page[i]) & facts;

		if (i < first || i >= end ? changed : changed != facts)
			break;
	}
	if (i < s->region.pages)
		return check_charge(at, REQUIREMENT_NONE, (i >= first && i < end) == protected ? LOST : EXTRA,
				   "pages [%zu..%zu) and no other to become %sprotected; page %zu %s", first, end,
				   protected ? "" : "un", i, i < first || i >= end ? "changed too" : "did not");
	return check_pages(at, s, &s->after, first, end, set, (WP | WRITTEN) & ~set);
}

/* Changes the state of a range that is all in the other one, and looks at every page around it. */
static bool __maybe_unused flip(const struct place *at, struct stage *s, size_t first, size_t end, bool protect)
{
	struct view old = s->before;
	int err;

	snprintf(so_far.act, sizeof(so_far.act), "%s pages [%zu..%zu)",
		 protect ? "protect" : "un-protect", first, end);
	err = protect ? stage_protect(s, first, end) : stage_unprotect(s, first, end, 0);
	if (!check_ok(at, so_far.act, err) || !check_look(at, s, &s->after, view_read))
		return false;
	so_far.before = &s->before;
	if (!flipped(at, s, first, end, protect))
		return false;
	/* What was seen is what the next one changes. */
	s->before = s->after;
	s->after = old;
	return true;
}

#define PROTECTS(s, first, end) OR_LEAVE(flip(HERE, s, first, end, true))
#define UNPROTECTS(s, first, end) OR_LEAVE(flip(HERE, s, first, end, false))

#endif /* CASES_FLIP_H */
