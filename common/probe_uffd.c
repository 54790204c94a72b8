// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../uffd/compiler.h"
#include "../uffd/uffd.h"
#include "probe.h"

#define NOBODY 65534

static const char *ask_open(uint64_t arg __maybe_unused)
{
	enum uffd_source source;
	int fd = uffd_open_raw(&source);

	if (fd < 0)
		return "no";
	close(fd);
	return source == UFFD_BY_SYSCALL ? "syscall" : "device";
}

/* What anybody may ask: a descriptor for faults of user mode only needs no privilege. */
static int offered_to_anybody(uint64_t *features)
{
	struct uffdio_api api = { .api = UFFD_API };
	int fd = syscall(__NR_userfaultfd, O_CLOEXEC | O_NONBLOCK | UFFD_USER_MODE_ONLY);
	int err = fd < 0 ? -errno : uffd_api(fd, &api);

	if (fd >= 0)
		close(fd);
	*features = api.features;
	return err;
}

static const char *ask_feature(uint64_t bit)
{
	static uint64_t offered;

	if (!offered && uffd_offered(&offered, NULL) && offered_to_anybody(&offered))
		return NONE;
	return yes_no(offered & bit);
}

enum { WHOLE, USER_MODE, NOTHING };

/* What this process may have: an exit status. */
static int may_open(void)
{
	enum uffd_source source;
	struct uffd u;

	if (uffd_open_raw(&source) >= 0)
		return WHOLE;
	return uffd_open_user_mode(&u, 0) ? NOTHING : USER_MODE;
}

/* Asked in a process of its own that gives up what root may. */
static const char *ask_unprivileged(uint64_t arg __maybe_unused)
{
	static const char *const answers[] = { [WHOLE] = "yes", [USER_MODE] = "user_mode_only", [NOTHING] = "no" };
	int status = -1;
	pid_t pid = fork();

	if (!pid)
		_exit(!geteuid() && (setgroups(0, NULL) || setgid(NOBODY) || setuid(NOBODY)) ? NOTHING + 1 : may_open());
	if (pid < 0 || waitpid(pid, &status, 0) != pid || !WIFEXITED(status) || WEXITSTATUS(status) > NOTHING)
		return NONE;
	return answers[WEXITSTATUS(status)];
}

#define FEATURE(name, bit) { "feature." name, ask_feature, UFFD_FEATURE_##bit }

const struct probe probe_uffd[] = {
	{ .name = "uffd.open", .ask = ask_open },
	{ .name = "uffd.unprivileged", .ask = ask_unprivileged },
	FEATURE("wp", PAGEFAULT_FLAG_WP),
	FEATURE("wp_unpopulated", WP_UNPOPULATED),
	FEATURE("wp_async", WP_ASYNC),
	FEATURE("wp_hugetlbfs_shmem", WP_HUGETLBFS_SHMEM),
	FEATURE("exact_address", EXACT_ADDRESS),
	FEATURE("thread_id", THREAD_ID),
	FEATURE("sigbus", SIGBUS),
	FEATURE("event_fork", EVENT_FORK),
	FEATURE("event_remap", EVENT_REMAP),
	FEATURE("event_remove", EVENT_REMOVE),
	FEATURE("move", MOVE),
	FEATURE("poison", POISON),
	FEATURE("rwp", RWP),
	FEATURE("rwp_async", RWP_ASYNC),
	{ 0 }
};
