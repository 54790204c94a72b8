/* SPDX-License-Identifier: GPL-2.0 */
/*
 * probe - the questions of build/probe: what this kernel offers, and what its answers mean.
 *
 * A question returns its fact's value, NONE when it can't tell. It may hang, crash or leave things open: it is
 * asked in a child that is thrown away.
 */
#ifndef COMMON_PROBE_H
#define COMMON_PROBE_H

#include <stdbool.h>
#include <stdint.h>

#define NONE "none"

struct probe {
	const char *name;
	const char *(*ask)(uint64_t arg);
	uint64_t arg;
};

/* Each ends with a nameless entry. */
extern const struct probe probe_machine[];
extern const struct probe probe_uffd[];
extern const struct probe probe_meaning[];
extern const struct probe probe_steps[];

static inline const char *yes_no(bool yes)
{
	return yes ? "yes" : "no";
}

#endif /* COMMON_PROBE_H */
