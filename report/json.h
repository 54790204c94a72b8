/* SPDX-License-Identifier: GPL-2.0 */
/* json - a verdict for a program to read; docs/schema/verdict.json says what is in it. */
#ifndef REPORT_JSON_H
#define REPORT_JSON_H

#include <stdio.h>

#include "print.h"
#include "profile.h"

/* The whole verdict as one JSON object and a newline. Write errors stay in @out: ask ferror(). */
void print_json(FILE *out, const struct verdict *verdict, const struct profiles *profiles, const struct asked *asked);

#endif /* REPORT_JSON_H */
