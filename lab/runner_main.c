// SPDX-License-Identifier: GPL-2.0
/*
 * The runner on a host: runs a plan on the running kernel, KTAP on standard output.
 * Exit: 0 the plan was run to its end, 2 it couldn't be, 130 interrupted.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "child.h"
#include "runner.h"
#include "warden.h"

#define EXIT_SETUP 2
#define EXIT_INTERRUPTED 130

static int complain(const char *what, int err)
{
	fprintf(stderr, "runner: %s: %s\n", what, strerror(-err));
	return EXIT_SETUP;
}

int main(int argc, char *argv[])
{
	static struct sink sink;
	struct runner r = { .sink = &sink };
	struct plan plan;
	int err;

	if (argc < 2 || argc > 3) {
		fprintf(stderr, "usage: runner PLAN [PROBE]\n");
		return EXIT_SETUP;
	}
	r.probe = argv[2];
	err = plan_read(&plan, argv[1]);
	if (err)
		return complain(argv[1], err);
	sink_init(&sink, STDOUT_FILENO);
	/* Without one the cases outlive a runner that is killed, by the time that they take. */
	warden_start();
	r.signals = child_prepare();
	if (r.signals < 0)
		return complain("signals", r.signals);
	err = runner_run(&r, &plan);
	plan_free(&plan);
	if (err == -EINTR)
		return EXIT_INTERRUPTED;
	/* Who closed the pipe knows why. */
	if (err == -EPIPE)
		return EXIT_SETUP;
	return err ? complain("cannot write the results", err) : 0;
}
