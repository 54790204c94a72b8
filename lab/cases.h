/* SPDX-License-Identifier: GPL-2.0 */
/*
 * cases - the programs that lab/cases.c is made of; build/programs.inc lists them.
 */
#ifndef LAB_CASES_H
#define LAB_CASES_H

#define __weak __attribute__((__weak__))

typedef void (*constructor)(int argc, char **argv, char **env);

/* What registers its tests is a section; the probe has none. */
#define PROGRAM(name)								\
	int main_##name(int argc, char **argv);					\
	extern const constructor __start_register_##name[] __weak;		\
	extern const constructor __stop_register_##name[] __weak;
#include "programs.inc"
#undef PROGRAM

#endif
