/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A writer that may not wait: how it is turned away.
 */
#ifndef CASES_REFUSAL_CHECKS_H
#define CASES_REFUSAL_CHECKS_H

#include "case.h"

/*
 * The stage's writer has ended with @error (0: nobody tells it), and left pages and protection as they were; no event came.
 * The @n bytes listed are what was in the pages before, besides the set-up's.
 */
static bool __maybe_unused turned_away_from(const struct place *at, struct stage *s, int error, const struct change *were,
					    size_t n)
{
	enum agent_state state = agent_settle(&s->writer, CASE_DEADLINE_MS);

	check_act_text(s, &s->writer, check_state(state));
	if (state != AGENT_DONE || s->writer.error != error)
		return check_charge(at, REQUIREMENT_NONE, state == AGENT_DONE && !s->writer.error ? LOST : HANG,
				   "the %s to give %s; it is %s, %s", agent_name(s->writer.kind), strerror(-error),
				   check_state(state), s->writer.error ? strerror(-s->writer.error) : "no error");
	return check_no_event(at, s) && check_look(at, s, &s->after, view_read) &&
	       check_same(at, s, &s->before, &s->after, 0, s->region.pages) && check_changed(at, s, were, n);
}

static bool __maybe_unused turned_away(const struct place *at, struct stage *s, int error)
{
	return turned_away_from(at, s, error, NULL, 0);
}

#endif /* CASES_REFUSAL_CHECKS_H */
