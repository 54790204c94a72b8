/* SPDX-License-Identifier: GPL-2.0 */
/* reader - where run_read() is in the stream; shared by its parts, read.c, result.c, said.c, ending.c. */
#ifndef REPORT_READER_H
#define REPORT_READER_H

#include "ktap.h"
#include "model.h"

#define STREAM "<stdin>"

struct reader {
	struct run *run;
	const struct expected *expected;
	size_t line;			/* from 1 */
	bool any_ktap;
	bool native;			/* the runner's stream: its end is "# end" and nothing else */
	bool end_seen;
	struct test_case *in;		/* the open case, or NULL */
	struct test *running;		/* began and has no result */
	struct violation *block;	/* further lines belong to it */
};

/* The open case; opens a nameless one when a line of a case comes without a name. */
struct test_case *reader_case(struct reader *rd, bool nested);

/* "selftests: DIR: NAME" is what run_kselftest.sh calls a case. Points into @name. */
const char *reader_case_name(const char *name);

void result_take(struct reader *rd, const struct ktap_line *line);
void plan_take(struct reader *rd, const struct ktap_line *line);
void bail_out_take(struct reader *rd, const struct ktap_line *line);

/* A diagnostic line of a case: what it covers, what runs, violations, or just something said. */
void said_take(struct reader *rd, const struct ktap_line *line);

/* The guest died, or the stream ends as if it had: charges the test that ran. */
void death_take(struct reader *rd);

/* The stream is at its end. Ends the program when there is nothing to judge in it. */
void reader_finish(struct reader *rd);

#endif /* REPORT_READER_H */
