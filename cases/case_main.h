/* SPDX-License-Identifier: GPL-2.0 */
/*
 * main() of every case binary: the harness's, with what the harness leaves to do. Exit codes are kselftest's:
 * 0 pass, 1 fail, 4 when nothing ran or every test skipped.
 *
 * What all tests of a file share and is dear to arrange is arranged once, before them: the file defines CASE_PREPARE, the
 * name of a function, before it includes case.h. What that changes is undone by settings_restore().
 */
#ifndef CASES_CASE_MAIN_H
#define CASES_CASE_MAIN_H

#include "../common/settings.h"

/* Over each test the log is watched, where it can be read. */
static void print_ids(const enum requirement *ids, const char *before)
{
	for (; *ids != REQUIREMENT_NONE; ids++, before = " ")
		printf("%s%s", before, requirement_id(*ids));
	printf("%s%s\n", klog_readable() ? " " : "", klog_readable() ? requirement_id(AC_LOG) : "");
}

/* For run.sh: each test's full name, which without a variant has two parts, a tab, what it covers. */
static int list(void)
{
	struct __fixture_variant_metadata none = { .name = "" }, *v;
	struct __fixture_metadata *f;
	struct __test_metadata *t;

	for (f = __fixture_list; f; f = f->next)
		for (v = f->variant ?: &none; v; v = v->next)
			for (t = f->tests; t; t = t->next) {
				printf("%s%s%s.%s", f->name, v->name[0] ? "." : "", v->name, t->name);
				print_ids(check_covers(f->name, t->name), "\t");
			}
	return KSFT_PASS;
}

static void print_covers(void)
{
	struct __fixture_metadata *f;
	struct __test_metadata *t;

	for (f = __fixture_list; f; f = f->next)
		for (t = f->tests; t; t = t->next) {
			printf("# covers %s.%s", f->name, t->name);
			print_ids(check_covers(f->name, t->name), " ");
		}
}

static int skip_all(const char *what, int err, const char *knob)
{
	printf("TAP version 13\n1..0 # SKIP no %s (%s): %s\n", what, strerror(-err), knob);
	return KSFT_SKIP;
}

/* What no test can do without: said once, and nothing runs. */
static int lacks_anything(void)
{
	uint64_t features;
	int err, pidfd;

	if (access("/proc/self/pagemap", R_OK))
		return skip_all("/proc", -errno, "mount -t proc none /proc");
	pidfd = syscall(__NR_pidfd_open, getpid(), 0);
	if (pidfd < 0)
		return skip_all("pidfd_open", -errno, "allow that system call where seccomp forbids it");
	close(pidfd);
	err = uffd_offered(&features, NULL);
	if (!err)
		return 0;
	return skip_all("userfaultfd", err, err == -ENOSYS ? "the kernel needs CONFIG_USERFAULTFD" :
			"run as root, or sysctl vm.unprivileged_userfaultfd=1");
}

/* The harness counts skips as passes when it exits; a run of skips alone, or of nothing, proved nothing. */
static void leave(void)
{
	bool silent = watched_to_the_end();

	settings_restore();
	fflush(stdout);
	if (!silent)
		(_exit)(KSFT_FAIL);
	if (!ksft_cnt.ksft_pass && !ksft_cnt.ksft_fail)
		(_exit)(KSFT_SKIP);
}

int main(int argc, char **argv)
{
	int lacks;

	setvbuf(stdout, NULL, _IOFBF, BUFSIZ);
	if (argc == 2 && !strcmp(argv[1], "--list"))
		return list();
	lacks = lacks_anything();
	if (lacks)
		return lacks;
	settings_quiet();
	view_listen();
	watch();
#ifdef CASE_PREPARE
	CASE_PREPARE();
#endif
	print_covers();
	fflush(stdout);
	atexit(leave);
	return test_harness_run(argc, argv);
}

#endif /* CASES_CASE_MAIN_H */
