// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../uffd/scan.h"
#include "heir.h"

ssize_t heir_protected(pid_t pid, const struct region *r)
{
	uint64_t *entry = calloc(r->pages, sizeof(*entry));
	ssize_t count = -ENOMEM;
	int fd = pagemap_open(pid);
	size_t i;

	if (entry)
		count = fd < 0 ? fd : pagemap_read(fd, r->start, r->pages, entry);
	if (!count)
		for (i = 0; i < r->pages; i++)
			count += !!(entry[i] & PAGEMAP_UFFD_WP);
	if (fd >= 0)
		close(fd);
	free(entry);
	return count;
}

/* It goes when its parent does. */
pid_t heir_bear_unseen(void)
{
	pid_t parent = getpid(), child = fork();

	if (child < 0)
		return -errno;
	if (child)
		return child;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	while (getppid() == parent)
		pause();
	_exit(0);
}

void heir_bury(pid_t child)
{
	kill(child, SIGKILL);
	while (waitpid(child, NULL, 0) < 0 && errno == EINTR)
		;
}

ssize_t heir_protected_at_birth(const struct region *r)
{
	pid_t child = heir_bear_unseen();
	ssize_t count;

	if (child < 0)
		return child;
	count = heir_protected(child, r);
	heir_bury(child);
	return count;
}

pid_t heir_bear(struct stage *s)
{
	int err = pump_start(&s->pump, PUMP_RECORD);
	pid_t child;

	if (err)
		return err;
	child = heir_bear_unseen();
	err = pump_stop(&s->pump);
	return err && child > 0 ? err : child;
}

int heir_adopt(struct stage *heir, const struct stage *s, const struct uffd_msg *msg)
{
	heir->region = s->region;
	heir->uffd = s->uffd;
	heir->uffd.fd = msg->arg.fork.ufd;
	return pump_open(&heir->pump, &heir->uffd, false);
}
