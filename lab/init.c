// SPDX-License-Identifier: GPL-2.0
/*
 * A guest's first and only process: prepares it, runs /plan, writes KTAP to the second serial port, powers off.
 *
 * The first serial port is the kernel's console and init's own complaints go there. A guest that goes down without the
 * stream's end mark has died, so whatever stops us short of it needs no further telling.
 */
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/reboot.h>
#include <termios.h>
#include <unistd.h>

#include "child.h"
#include "guest.h"
#include "runner.h"

/* The second serial port; where the first one is no 8250, that is the first 8250. */
#if defined(__x86_64__)
#define KTAP_PORT "/dev/ttyS1"
#else
#define KTAP_PORT "/dev/ttyS0"
#endif
#define MODULES "/modules/list"
#define PLAN "/plan"
#define PROBE "/build/probe"

static int complain(const char *what, int err)
{
	fprintf(stderr, "init: %s: %s\n", what, strerror(-err));
	return err;
}

/* Raw, for a port that adds carriage returns would change the stream. */
static int open_port(void)
{
	int fd = open(KTAP_PORT, O_RDWR | O_NOCTTY | O_CLOEXEC);
	struct termios port;

	if (fd < 0)
		return -errno;
	if (tcgetattr(fd, &port)) {
		close(fd);
		return -errno;
	}
	cfmakeraw(&port);
	cfsetspeed(&port, B4000000);
	port.c_cflag |= CLOCAL;
	tcsetattr(fd, TCSANOW, &port);
	return fd;
}

/*
 * What a case has said must be out of the guest before what it does next kills it: the pipe's reader goes before
 * ordinary processes. Its children don't inherit that.
 */
static void go_first(void)
{
	const struct sched_param one = { .sched_priority = 1 };

	sched_setscheduler(0, SCHED_RR | SCHED_RESET_ON_FORK, &one);
}

static int run_plan(void)
{
	static struct sink sink;
	struct runner r = { .sink = &sink, .probe = PROBE };
	struct plan plan;
	int port, err;

	port = open_port();
	if (port < 0)
		return complain(KTAP_PORT, port);
	sink_init(&sink, port);
	r.signals = child_prepare();
	if (r.signals < 0)
		return complain("signals", r.signals);
	err = plan_read(&plan, PLAN);
	if (err)
		return complain(PLAN, err);
	go_first();
	err = runner_run(&r, &plan);
	if (err)
		complain("cannot run the plan to its end", err);
	tcdrain(port);
	return err;
}

int main(void)
{
	setenv("PATH", "/", 1);
	setenv("HOME", "/tmp", 1);
	/* What guest_settings() sets needs no keeper: the cases only read (common/settings.h). */
	setenv("UFFD_WP_CONFORM_QUIET", "1", 1);
	guest_mount();
	guest_load_modules(MODULES);
	guest_settings();
	guest_online_cpus();
	run_plan();
	sync();
	reboot(RB_POWER_OFF);
	complain("power off", -errno);
	for (;;)
		pause();
}
