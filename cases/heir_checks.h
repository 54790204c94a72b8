/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A fork child's descriptor, as it comes with the event: for case files whose agents are fork children.
 */
#ifndef CASES_HEIR_CHECKS_H
#define CASES_HEIR_CHECKS_H

#include "../common/heir.h"
#include "case.h"

/* The next event is a fork: takes the descriptor that came with it. */
static bool __maybe_unused inherit(const struct place *at, struct stage *s, struct stage *heir)
{
	struct uffd_msg msg;

	if (!check_take(at, s, "of the fork", &msg))
		return false;
	if (msg.event != UFFD_EVENT_FORK)
		return check_charge(at, REQUIREMENT_NONE, INTERFACE, "a FORK event; it is 0x%02x", msg.event);
	return check_ok(at, "a pump on the child's descriptor", heir_adopt(heir, s, &msg));
}

#endif /* CASES_HEIR_CHECKS_H */
