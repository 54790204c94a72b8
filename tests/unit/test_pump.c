// SPDX-License-Identifier: GPL-2.0
/*
 * The pump hands out each event once, answers by policy, and gives everything back; by io_uring and by
 * poll(2) alike. Repeated as many times as the first argument says.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "../../common/agent.h"
#include "../../uffd/compiler.h"
#include "../../uffd/deadline.h"
#include "../../uffd/pump.h"
#include "ground.h"

#define VALUE 0xa5
#define WRITERS 3

static const char *how(bool by_poll)
{
	return by_poll ? "poll" : "io_uring";
}

static uint64_t address(const struct uffd_msg *msg)
{
	return msg->arg.pagefault.address;
}

static void test_events_in_order(bool by_poll)
{
	struct agent first = { 0 }, second = { 0 };
	struct pump p = { 0 };
	struct uffd_msg msg;
	struct ground g;
	bool good;

	good = HOLDS(!ground_wp(&g, 1)) && HOLDS(!pump_open(&p, &g.u, by_poll)) &&
	       HOLDS(!ground_arm(&g, 1)) && HOLDS(!ground_arm(&g, 2)) &&
	       HOLDS(pump_next(&p, &msg, 0) == 0) &&
	       HOLDS(!agent_start(&first, AGENT_STORE, region_page(&g.r, 2), VALUE)) &&
	       HOLDS(pump_next(&p, &msg, LONG_MS) == 1) &&
	       HOLDS(address(&msg) == (uintptr_t)region_page(&g.r, 2)) &&
	       HOLDS(!agent_start(&second, AGENT_STORE, region_page(&g.r, 1), VALUE)) &&
	       HOLDS(agent_settle(&second, LONG_MS) == AGENT_BLOCKED) && HOLDS(pump_drain(&p) == 1) &&
	       HOLDS(p.count == 2) && HOLDS(address(&p.msg[1]) == (uintptr_t)region_page(&g.r, 1)) &&
	       HOLDS(pump_drain(&p) == 0) && HOLDS(pump_next(&p, &msg, SHORT_MS) == 0);
	pump_close(&p);
	uffd_close(&g.u);
	agent_free(&first);
	agent_free(&second);
	ground_close(&g);
	tap(good, "each event once, in order, by %s", how(by_poll));
}

static void ignore(int sig)
{
	(void)sig;
}

/* The deadline holds, signals or not: never early, and never forever. */
static void test_deadline(bool by_poll)
{
	const struct itimerval often = { .it_interval.tv_usec = 2000, .it_value.tv_usec = 2000 };
	const struct itimerval never = { 0 };
	struct sigaction act = { .sa_handler = ignore };
	struct pump p = { 0 };
	struct uffd_msg msg;
	int64_t deadline;
	struct ground g;
	bool good;

	good = HOLDS(!ground_wp(&g, 1)) && HOLDS(!pump_open(&p, &g.u, by_poll));
	sigaction(SIGALRM, &act, NULL);
	setitimer(ITIMER_REAL, &often, NULL);
	deadline = deadline_in(SHORT_MS);
	good = good && HOLDS(pump_next(&p, &msg, SHORT_MS) == 0) && HOLDS(deadline_left(deadline) == 0);
	setitimer(ITIMER_REAL, &never, NULL);
	pump_close(&p);
	ground_close(&g);
	tap(good, "nothing by the deadline gives 0, by %s", how(by_poll));
}

static void test_record_leaves_blocked(bool by_poll)
{
	struct agent a = { 0 };
	struct pump p = { 0 };
	struct ground g;
	bool good;

	good = HOLDS(!ground_wp(&g, 1)) && HOLDS(!pump_open(&p, &g.u, by_poll)) &&
	       HOLDS(!ground_arm(&g, PAGE)) && HOLDS(!pump_start(&p, PUMP_RECORD)) &&
	       HOLDS(!agent_start(&a, AGENT_STORE, region_page(&g.r, PAGE), VALUE)) &&
	       HOLDS(agent_settle(&a, LONG_MS) == AGENT_BLOCKED) && HOLDS(!pump_stop(&p)) &&
	       HOLDS(p.count == 1) && HOLDS(agent_state(&a) == AGENT_BLOCKED) &&
	       HOLDS(!ground_disarm(&g, PAGE)) && HOLDS(agent_join(&a, LONG_MS) == AGENT_DONE);
	pump_close(&p);
	uffd_close(&g.u);
	agent_free(&a);
	ground_close(&g);
	tap(good, "recording leaves the writer blocked, by %s", how(by_poll));
}

/* A wake without more: the fault comes again, until somebody resolves it. */
static void test_wake_delivers_anew(bool by_poll)
{
	struct uffd_msg msg, again;
	struct agent a = { 0 };
	struct pump p = { 0 };
	struct ground g;
	bool good;

	good = HOLDS(!ground_wp(&g, 1)) && HOLDS(!pump_open(&p, &g.u, by_poll)) &&
	       HOLDS(!ground_arm(&g, PAGE)) &&
	       HOLDS(!agent_start(&a, AGENT_STORE, region_page(&g.r, PAGE) + 9, VALUE)) &&
	       HOLDS(pump_next(&p, &msg, LONG_MS) == 1) && HOLDS(!pump_answer(&p, &msg, PUMP_WAKE)) &&
	       HOLDS(pump_next(&p, &again, LONG_MS) == 1) && HOLDS(address(&msg) == address(&again)) &&
	       HOLDS(!pump_answer(&p, &again, PUMP_UNPROTECT)) &&
	       HOLDS(agent_join(&a, LONG_MS) == AGENT_DONE) && HOLDS(p.count == 2);
	pump_close(&p);
	uffd_close(&g.u);
	agent_free(&a);
	ground_close(&g);
	tap(good, "waking alone delivers the event anew, by %s", how(by_poll));
}

/* Readers of a region whose pages are missing: what they read is what the policy put there. */
static void test_fills(enum pump_policy policy, bool by_poll)
{
	struct agent a = { 0 };
	struct pump p = { 0 };
	struct ground g;
	char *source;
	bool good;

	good = HOLDS(!ground_open(&g, UNPOPULATED, 1, 0, UFFDIO_REGISTER_MODE_MISSING)) &&
	       HOLDS(!pump_open(&p, &g.u, by_poll));
	source = malloc(page_size());
	memset(source, VALUE, page_size());
	p.source = source;
	good = good && HOLDS(!pump_start(&p, policy)) &&
	       HOLDS(!agent_start(&a, AGENT_LOAD, region_page(&g.r, PAGE), 0)) &&
	       HOLDS(agent_join(&a, LONG_MS) == AGENT_DONE) && HOLDS(!pump_stop(&p)) &&
	       HOLDS(p.count == 1) && HOLDS(a.value == (policy == PUMP_COPY ? VALUE : 0));
	pump_close(&p);
	uffd_close(&g.u);
	agent_free(&a);
	ground_close(&g);
	free(source);
	tap(good, "%s fills the page, by %s", policy == PUMP_COPY ? "copy" : "zero", how(by_poll));
}

static void test_thread_answers_all(bool by_poll)
{
	struct agent a[WRITERS] = { 0 };
	struct pump p = { 0 };
	struct ground g;
	bool good;
	int i;

	good = HOLDS(!ground_wp(&g, 1)) && HOLDS(!pump_open(&p, &g.u, by_poll));
	for (i = 0; i < WRITERS; i++)
		good = good && HOLDS(!ground_arm(&g, i));
	good = good && HOLDS(!pump_start(&p, PUMP_UNPROTECT)) && HOLDS(pump_start(&p, 0) == -EBUSY);
	for (i = 0; i < WRITERS; i++)
		good = good && HOLDS(!agent_start(&a[i], AGENT_STORE, region_page(&g.r, i), VALUE));
	for (i = 0; i < WRITERS; i++)
		good = good && HOLDS(agent_join(&a[i], LONG_MS) == AGENT_DONE);
	good = good && HOLDS(!pump_stop(&p)) && HOLDS(p.count == WRITERS) && HOLDS(pump_drain(&p) == 0);
	pump_close(&p);
	uffd_close(&g.u);
	for (i = 0; i < WRITERS; i++)
		agent_free(&a[i]);
	ground_close(&g);
	tap(good, "the thread answers every writer, by %s", how(by_poll));
}

static void test_thread_reports_error(bool by_poll)
{
	struct agent a = { 0 };
	struct pump p = { 0 };
	struct ground g;
	bool good;

	/* Zero-filling a page that is there: EEXIST, and nobody is woken. */
	good = HOLDS(!ground_open(&g, BASE_PAGES, 1, 0,
				  UFFDIO_REGISTER_MODE_WP | UFFDIO_REGISTER_MODE_MISSING)) &&
	       HOLDS(!ground_arm(&g, PAGE)) && HOLDS(!pump_open(&p, &g.u, by_poll)) &&
	       HOLDS(!pump_start(&p, PUMP_ZERO)) &&
	       HOLDS(!agent_start(&a, AGENT_STORE, region_page(&g.r, PAGE), VALUE)) &&
	       HOLDS(agent_settle(&a, LONG_MS) == AGENT_BLOCKED) && HOLDS(pump_stop(&p) == -EEXIST);
	pump_close(&p);
	uffd_close(&g.u);
	agent_free(&a);
	ground_close(&g);
	tap(good, "an answer's error comes out of pump_stop, by %s", how(by_poll));
}

/* A pump that has waited holds the file; closed, it must hold nothing, or no close would wake anybody. */
static void test_close_gives_the_file_back(bool threaded)
{
	struct agent a = { 0 };
	struct pump p = { 0 };
	struct uffd_msg msg;
	struct ground g;
	bool good;

	good = HOLDS(!ground_wp(&g, 1)) && HOLDS(!pump_open(&p, &g.u, false)) &&
	       HOLDS(!ground_arm(&g, PAGE)) && HOLDS(pump_next(&p, &msg, 1) == 0) &&
	       HOLDS(!threaded || !pump_start(&p, PUMP_RECORD)) &&
	       HOLDS(!agent_start(&a, AGENT_STORE, region_page(&g.r, PAGE), VALUE)) &&
	       HOLDS(agent_settle(&a, LONG_MS) == AGENT_BLOCKED);
	pump_close(&p);
	good = good && HOLDS(agent_state(&a) == AGENT_BLOCKED);
	uffd_close(&g.u);
	good = good && HOLDS(agent_state(&a) != AGENT_BLOCKED) &&
	       HOLDS(agent_join(&a, LONG_MS) == AGENT_DONE);
	agent_free(&a);
	ground_close(&g);
	tap(good, "a closed pump holds no file%s", threaded ? ", nor does its thread" : "");
}

static void test_refuses_blocking(void)
{
	struct pump p = { 0 };
	struct ground g;
	bool good;

	good = HOLDS(!ground_wp(&g, 1)) && HOLDS(!fcntl(g.u.fd, F_SETFL, 0)) &&
	       HOLDS(pump_open(&p, &g.u, true) == -EINVAL) && HOLDS(pump_open(&p, &g.u, false) == -EINVAL);
	pump_close(&p);
	ground_close(&g);
	tap(good, "a blocking descriptor is refused");
}

/* As with kernel.io_uring_disabled=2, but for this process only. */
static int forbid_uring(void)
{
	struct sock_filter code[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, 0),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_io_uring_setup, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	struct sock_fprog program = { .len = ARRAY_SIZE(code), .filter = code };

	return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) || prctl(PR_SET_SECCOMP, 2, &program);
}

static bool falls_back(void)
{
	struct agent a = { 0 };
	struct pump p = { 0 };
	struct ground g;
	char why[128] = "";

	return HOLDS(!forbid_uring()) && HOLDS(!ground_wp(&g, 1)) &&
	       HOLDS(!pump_open(&p, &g.u, false)) && HOLDS(!strcmp(pump_how(&p), "poll")) &&
	       HOLDS(!ground_arm(&g, PAGE)) && HOLDS(!pump_start(&p, PUMP_UNPROTECT)) &&
	       HOLDS(!agent_start(&a, AGENT_STORE, region_page(&g.r, PAGE), VALUE)) &&
	       HOLDS(agent_join(&a, LONG_MS) == AGENT_DONE) && HOLDS(!pump_stop(&p)) &&
	       HOLDS(agent_can(AGENT_URING_READ, why, sizeof(why)) == -EPERM) &&
	       HOLDS(strstr(why, "kernel.io_uring_disabled")) &&
	       HOLDS(!agent_can(AGENT_READ, why, sizeof(why)));
}

static void test_without_uring(void)
{
	int status = -1;
	pid_t pid;

	fflush(stdout);
	pid = fork();
	if (!pid)
		exit(falls_back() ? 0 : 1);
	waitpid(pid, &status, 0);
	tap(!status, "io_uring switched off: waits by poll");
}

int main(int argc, char **argv)
{
	int rounds = argc > 1 ? atoi(argv[1]) : 1;
	int by_poll;

	if (ground_missing())
		return 0;
	while (rounds--) {
		for (by_poll = 0; by_poll <= 1; by_poll++) {
			test_events_in_order(by_poll);
			test_deadline(by_poll);
			test_record_leaves_blocked(by_poll);
			test_wake_delivers_anew(by_poll);
			test_fills(PUMP_COPY, by_poll);
			test_fills(PUMP_ZERO, by_poll);
			test_thread_answers_all(by_poll);
			test_thread_reports_error(by_poll);
		}
		test_close_gives_the_file_back(false);
		test_close_gives_the_file_back(true);
		test_refuses_blocking();
		test_without_uring();
	}
	printf("1..%d\n", tap_count);
	return tap_failed ? 1 : 0;
}
