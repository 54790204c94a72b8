/* SPDX-License-Identifier: GPL-2.0 */
/*
 * runner - runs a plan and writes the KTAP stream that report/ reads: header, facts, cases, end mark.
 *
 * A case's own output comes indented by two spaces. Its result is its exit status: 0 passed, 4 skipped, else failed.
 */
#ifndef LAB_RUNNER_H
#define LAB_RUNNER_H

#include "plan.h"
#include "sink.h"

struct runner {
	struct sink *sink;
	const char *probe;	/* a program that prints NAME=VALUE lines; may be absent */
	int signals;		/* from child_prepare() */
};

/*
 * Returns 0 when the plan was run to its end, whatever the cases said, -EINTR after SIGINT or SIGTERM, another negative
 * errno when the stream can't be written.
 */
int runner_run(const struct runner *r, const struct plan *plan);

#endif
