/* SPDX-License-Identifier: GPL-2.0 */
/* colour - a verdict's text for a terminal. The words say all that the colours do. */
#ifndef REPORT_COLOUR_H
#define REPORT_COLOUR_H

#include <stdbool.h>
#include <stdio.h>

/* Is @out a terminal that may be coloured? NO_COLOR, set to anything, and TERM=dumb forbid it: see no-color.org. */
bool may_colour(FILE *out);

/* @text with its lines' first words in colours. Write errors stay in @out. */
void print_coloured(FILE *out, const char *text);

#endif /* REPORT_COLOUR_H */
