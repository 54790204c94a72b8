/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the cases with two threads that meet (common/duel.h) share.
 */
#ifndef CASES_DUEL_H
#define CASES_DUEL_H

#include <sched.h>

#include "../common/duel.h"
#include "../common/heir.h"
#include "../uffd/deadline.h"
#include "case.h"

/* Bounds are rounds: in full runs so many that what can be met is met. */
static inline int __maybe_unused duel_rounds(int quick, int full)
{
	return settings_full() ? full : quick;
}

#define ASSERT_ENDS(duel) OR_LEAVE(check_ends(HERE, duel))
#define ASSERT_RESTS_OR_DELIVERS(s, duel) OR_LEAVE(check_rests_or_delivers(HERE, s, duel))
/* Charged to @id: what a lost bit breaks depends on who met the call. */
#define ASSERT_PROTECTED(s, n, round, id) OR_LEAVE(check_protected(HERE, s, n, round, id))

static bool __maybe_unused check_ends(const struct place *at, struct duel *d)
{
	return !duel_wait(d, CASE_DEADLINE_MS) ||
	       check_charge(at, REQUIREMENT_NONE, HANG, "the other thread to go on; in round %u it is stuck", d->round);
}

/* Once its event is there a writer does nothing more by itself. */
static bool __maybe_unused check_rests_or_delivers(const struct place *at, struct stage *s, struct duel *d)
{
	int64_t deadline = deadline_in(CASE_DEADLINE_MS);

	while (!duel_rests(d) && pump_drain(&s->pump) < 1) {
		if (!deadline_left(deadline))
			return check_charge(at, EV_ONE, HANG, "the writer to go on or its event to come; in round %u neither did",
					   d->round);
		sched_yield();
	}
	return true;
}

/* Exactly so many of the region's pages carry the bit. The view is for the message. */
static bool __maybe_unused check_protected(const struct place *at, struct stage *s, size_t wanted, unsigned int round,
					   enum requirement id)
{
	ssize_t is = heir_protected(0, &s->region);

	if (is == (ssize_t)wanted)
		return true;
	check_look(at, s, &s->after, view_read);
	return check_charge(at, id, is < (ssize_t)wanted ? LOST : EXTRA,
			   "%zu pages protected once both calls are back; in round %u it was %zd", wanted, round, is);
}

#endif /* CASES_DUEL_H */
