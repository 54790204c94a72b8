/* SPDX-License-Identifier: GPL-2.0 */
/*
 * when - facts about a kernel, and the conditions on them in expected/.
 *
 * A condition is terms with spaces between, all must hold:
 *   always   name=value   name!=value   kernel>=6.13   kernel<7.3
 * A fact that nobody gave equals nothing, so != holds for it. The kernel's release is the fact 'kernel',
 * compared by its leading dotted numbers (7.3.4+deb13 is 7.3.4, not less than 7.3); the architecture is
 * the fact 'arch'.
 */
#ifndef REPORT_WHEN_H
#define REPORT_WHEN_H

#include <stddef.h>

struct fact {
	char *name;
	char *value;
};

struct facts {
	struct fact *at;
	size_t count;
};

/* A later value replaces an earlier one. */
void facts_set(struct facts *facts, const char *name, const char *value);

/* NULL when nobody gave it. */
const char *facts_get(const struct facts *facts, const char *name);

/* What is wrong with @condition, or NULL when it can be evaluated. */
char *when_problem(const char *condition);

/*
 * The first term that doesn't hold, with what is the case instead ("uring=yes, here no"), or NULL when
 * all hold. Only for conditions that have no when_problem().
 */
char *when_failing(const char *condition, const struct facts *facts);

#endif /* REPORT_WHEN_H */
