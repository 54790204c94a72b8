/* SPDX-License-Identifier: GPL-2.0 */
/* model - how the readers fill a struct run. Only report/'s readers include this. */
#ifndef REPORT_MODEL_H
#define REPORT_MODEL_H

#include "run.h"

/* False when there is no class of that name. */
bool class_find(const char *name, enum class *class);

struct test_case *case_add(struct run *run, const char *name);

/* A test without a result yet; what it covers is looked up among the case's covers. */
struct test *test_add(struct test_case *in, const char *name);

/* Whom a failure is charged to that names nobody: the first that the test covers, or NULL. */
const struct requirement *test_charged(const struct test *test);
bool test_has_class(const struct test *test, enum class class);

/* @headline is kept, not copied. The caller gives the violation to a test or to the run. */
struct violation *violation_new(const struct test *test, const struct requirement *requirement,
				enum class class, char *headline);

/* Gives @violation to @test, which has failed by that, whatever its result line says. */
void test_violates(struct test *test, struct violation *violation);

/* A failure that the test itself printed no violation for: one is made of @why and of what it said. */
void test_fails(struct test *test, enum class class, const char *why);

#endif /* REPORT_MODEL_H */
