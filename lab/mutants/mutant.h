/* SPDX-License-Identifier: GPL-2.0 */
/*
 * mutant - one known mistake at a time, or one flavour, in a kernel that holds them all.
 *
 * MUTANT(name) and FLAVOUR(name) are true while that one is chosen, by the boot parameters mutant=NAME and
 * flavour=NAME or by writing the name to /sys/kernel/debug/mutant and .../flavour (an empty line chooses none;
 * reading gives the chosen one's name). /sys/kernel/debug/mutants and .../flavours list all, one a line.
 * Nothing chosen: the kernel behaves as if it had never been changed.
 *
 * lab/mutants/apply generates mutant_names.h from the rules, so a misspelt name doesn't compile. A name's dashes
 * are underscores here.
 */
#ifndef _LINUX_MUTANT_H
#define _LINUX_MUTANT_H

#include <linux/compiler.h>
#include <linux/mutant_names.h>

#define MUTANT_ID(name, text)	MUTANT_##name,
#define FLAVOUR_ID(name, text)	FLAVOUR_##name,

enum { MUTANT_NONE, MUTANT_NAMES(MUTANT_ID) };
enum { FLAVOUR_NONE, FLAVOUR_NAMES(FLAVOUR_ID) };

extern int mutant_chosen, flavour_chosen;

#define MUTANT(name)	unlikely(READ_ONCE(mutant_chosen) == MUTANT_##name)
#define FLAVOUR(name)	unlikely(READ_ONCE(flavour_chosen) == FLAVOUR_##name)

#endif
