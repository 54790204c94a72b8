// SPDX-License-Identifier: GPL-2.0
#include "requirement.h"

const char *requirement_id(enum requirement r)
{
	static const char *const ids[REQUIREMENT_COUNT] = {
		"none",
#define REQUIREMENT(name, id) id,
#include "requirements.inc"
#undef REQUIREMENT
	};

	return ids[r];
}

const char *violation_name(enum violation v)
{
	static const char *const names[] = {
		[LOST] = "LOST", [EXTRA] = "EXTRA", [DISAGREE] = "DISAGREE",
		[HANG] = "HANG", [CRASH] = "CRASH", [INTERFACE] = "INTERFACE",
	};

	return names[v];
}
