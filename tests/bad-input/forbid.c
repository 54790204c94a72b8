// SPDX-License-Identifier: GPL-2.0
/*
 * forbid CALL... -- COMMAND: runs it without these system calls, which fail with EPERM as in a container.
 *
 * forbid userfaultfd takes /dev/userfaultfd's call away as well, for that is the other way to one.
 */
#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#define USERFAULTFD_IOC_NEW 0xaa00

static const struct call {
	const char *name;
	unsigned int number;
} calls[] = {
	{ "userfaultfd", __NR_userfaultfd },
	{ "io_uring_setup", __NR_io_uring_setup },
	{ "process_vm_writev", __NR_process_vm_writev },
	{ "pidfd_open", __NR_pidfd_open },
	{ }
};

static int install(struct sock_filter *filter, unsigned short len)
{
	struct sock_fprog program = { .len = len, .filter = filter };

	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) || prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program))
		return -errno;
	return 0;
}

static int forbid(unsigned int number)
{
	struct sock_filter filter[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, number, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};

	return install(filter, sizeof(filter) / sizeof(*filter));
}

static int forbid_ioctl(unsigned int command)
{
	struct sock_filter filter[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_ioctl, 0, 3),
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args[1])),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, command, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};

	return install(filter, sizeof(filter) / sizeof(*filter));
}

static int forbid_by_name(const char *name)
{
	const struct call *c;
	int err;

	for (c = calls; c->name; c++) {
		if (strcmp(name, c->name))
			continue;
		err = forbid(c->number);
		return !err && c->number == __NR_userfaultfd ? forbid_ioctl(USERFAULTFD_IOC_NEW) : err;
	}
	return -EINVAL;
}

int main(int argc, char *argv[])
{
	int i, err;

	for (i = 1; i < argc && strcmp(argv[i], "--"); i++) {
		err = forbid_by_name(argv[i]);
		if (err) {
			fprintf(stderr, "forbid: %s: %s\n", argv[i], strerror(-err));
			return 2;
		}
	}
	if (i + 1 >= argc) {
		fprintf(stderr, "usage: forbid CALL... -- COMMAND\n");
		return 2;
	}
	execvp(argv[i + 1], argv + i + 1);
	perror(argv[i + 1]);
	return 2;
}
