// SPDX-License-Identifier: GPL-2.0
/*
 * Who may have a userfaultfd, and of what kind; the kind that needs no privilege never lets the kernel wait.
 * Why: whoever makes the kernel wait at a moment of his choice wins races in it; whoever is refused for no reason can't use it.
 */
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>

#include "../common/process.h"
#include "refusal_checks.h"
#include "variants.h"

#define PAGE 5
#define VALUE 0xa5
#define SETTING "/proc/sys/vm/unprivileged_userfaultfd"
#define DEVICE "/dev/userfaultfd"
/* A user who owns nothing. */
#define NOBODY 65534

/* What a child asks for: as who, by the system call or on an open device (-1: none), and with which flags. */
static struct {
	int device;
	int flags;
} asked;

/* 0 or the errno. */
static int ask(void)
{
	int fd;

	if (setresgid(NOBODY, NOBODY, NOBODY) || setresuid(NOBODY, NOBODY, NOBODY))
		return ENOTRECOVERABLE;
	fd = asked.device < 0 ? syscall(SYS_userfaultfd, asked.flags) : ioctl(asked.device, USERFAULTFD_IOC_NEW, asked.flags);
	return fd < 0 ? errno : 0;
}

static int ask_for_device(void)
{
	if (setresgid(NOBODY, NOBODY, NOBODY) || setresuid(NOBODY, NOBODY, NOBODY))
		return ENOTRECOVERABLE;
	return open(DEVICE, O_RDWR | O_CLOEXEC) < 0 ? errno : 0;
}

static int need_root(struct lack *lack)
{
	if (!geteuid())
		return 0;
	snprintf(lack->why, sizeof(lack->why), "only root can become another user: run as root");
	return -EPERM;
}

/* On a machine where somebody else sets it at the same time, the answer would mean nothing. */
static bool set_to(const char *value)
{
	char now[8];

	return !settings_get(SETTING, now, sizeof(now)) && !strcmp(now, value);
}

FIXTURE(other_user)
{
	int unused;
};

FIXTURE_VARIANT(other_user)
{
	const char *setting;
	int flags;
	int error;
};

FIXTURE_VARIANT_ADD(other_user, off) { .setting = "0", .error = EPERM };
FIXTURE_VARIANT_ADD(other_user, off_user_mode_only) { .setting = "0", .flags = UFFD_USER_MODE_ONLY };
FIXTURE_VARIANT_ADD(other_user, on) { .setting = "1" };
FIXTURE_VARIANT_ADD(other_user, on_user_mode_only) { .setting = "1", .flags = UFFD_USER_MODE_ONLY };

FIXTURE_SETUP(other_user)
{
	ARRANGE(need_root(&lack));
	ASSERT_OK(settings_set(SETTING, variant->setting));
}

FIXTURE_TEARDOWN(other_user)
{
	settings_restore();
}

TEST_F(other_user, gets_what_the_setting_allows)
{
	COVERS(IF_PRIVILEGE);
	int error;

	asked.device = -1;
	asked.flags = variant->flags;
	error = in_a_child(ask);
	if (!set_to(variant->setting))
		SKIP(return, "somebody else changes " SETTING ": one run at a time");
	EXPECT_THAT(error == variant->error, INTERFACE, "the system call to give %s; it gave %s",
		    strerror(variant->error), strerror(error));
}

FIXTURE(device)
{
	int fd;
};

FIXTURE_SETUP(device)
{
	ARRANGE(need_root(&lack));
	self->fd = open(DEVICE, O_RDWR | O_CLOEXEC);
	if (self->fd < 0)
		SKIP(return, "no " DEVICE ": mount devtmpfs, on Linux 6.1 or later");
}

FIXTURE_TEARDOWN(device)
{
	close(self->fd);
}

TEST_F(device, is_closed_to_another_user_by_its_permissions)
{
	COVERS(IF_PRIVILEGE);
	struct stat is;
	int error;

	ASSERT_OK(fstat(self->fd, &is) ? -errno : 0);
	error = in_a_child(ask_for_device);
	EXPECT_THAT(error == (is.st_mode & 0006 ? 0 : EACCES), INTERFACE, "the mode %04o to decide; open(2) gave %s",
		    is.st_mode & 07777, strerror(error));
}

TEST_F(device, once_open_serves_another_user)
{
	COVERS(IF_PRIVILEGE);
	int error;

	asked.device = self->fd;
	asked.flags = O_CLOEXEC | O_NONBLOCK;
	error = in_a_child(ask);
	EXPECT_THAT(!error, INTERFACE, "the ioctl to give a descriptor, whatever " SETTING " says; it gave %s",
		    strerror(error));
	asked.flags = 1 << 30;
	error = in_a_child(ask);
	EXPECT_THAT(error == EINVAL, INTERFACE, "flags that nobody knows to give EINVAL; they gave %s", strerror(error));
}

/* A descriptor of the kind that needs no privilege: the kernel may not wait for whoever reads it. */
FIXTURE(user_mode)
{
	struct stage s;
};

FIXTURE_VARIANT(user_mode)
{
	enum backing backing;
	enum agent_kind writer;
	bool full;
};

BACKING_AND_WRITER(user_mode, read, BASE_PAGES, AGENT_READ);
BACKING_AND_WRITER(user_mode, vm_writev, BASE_PAGES, AGENT_VM_WRITEV);
BACKING_AND_WRITER(user_mode, hugezero_read, HUGE_ZERO, AGENT_READ);
BACKING_AND_WRITER(user_mode, futex_shared, BASE_PAGES, AGENT_FUTEX_SHARED);
BACKING_AND_WRITER(user_mode, uring_fixed, BASE_PAGES, AGENT_URING_FIXED);
BACKING_AND_WRITER(user_mode, populate_write, BASE_PAGES, AGENT_POPULATE_WRITE);
BACKING_AND_WRITER(user_mode, rseq, BASE_PAGES, AGENT_RSEQ);
FULL_BACKING_AND_WRITER(user_mode, recv, BASE_PAGES, AGENT_RECV);
FULL_BACKING_AND_WRITER(user_mode, vmsplice, BASE_PAGES, AGENT_VMSPLICE);
FULL_BACKING_AND_WRITER(user_mode, getrandom, BASE_PAGES, AGENT_GETRANDOM);
FULL_BACKING_AND_WRITER(user_mode, direct_read, BASE_PAGES, AGENT_DIRECT_READ);
FULL_BACKING_AND_WRITER(user_mode, hugezero_uring_read, HUGE_ZERO, AGENT_URING_READ);
FULL_BACKING_AND_WRITER(user_mode, hugezero_peer_writev, HUGE_ZERO, AGENT_PEER_WRITEV);

FIXTURE_SETUP(user_mode)
{
	struct stage *s = &self->s;

	if (variant->full)
		FULL_ONLY();
	CASE_AGENT(variant->writer);
	ARRANGE(stage_region(s, variant->backing, variant->backing == HUGE_ZERO ? pmd_pages() : 16, &lack));
	ASSERT_OK(uffd_open_user_mode(&s->uffd, UFFD_FEATURE_PAGEFAULT_FLAG_WP));
	ASSERT_OK(stage_attach(s, SYNC));
	ASSERT_OK(stage_protect(s, 0, s->region.pages));
	LOOK(s, &s->before);
}

FIXTURE_TEARDOWN(user_mode)
{
	stage_clear(&self->s);
}

TEST_F(user_mode, kernels_writes_fail_and_stores_are_caught)
{
	COVERS(IF_PRIVILEGE, WP_KERNEL_WRITERS);
	struct stage *s = &self->s;

	START(s, &s->writer, variant->writer, PAGE, VALUE);
	OR_LEAVE(turned_away(HERE, s, -EFAULT));
	START(s, &s->second, AGENT_STORE, PAGE, VALUE);
	ASSERT_EVENT(s, PAGE);
	EXPECT_BLOCKED(s, &s->second);
}
