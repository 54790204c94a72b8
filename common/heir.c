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

ssize_t heir_protected_at_birth(const struct region *r)
{
	pid_t parent = getpid(), child = fork();
	ssize_t count;

	if (child < 0)
		return -errno;
	if (!child) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		while (getppid() == parent)
			pause();
		_exit(0);
	}
	count = heir_protected(child, r);
	kill(child, SIGKILL);
	while (waitpid(child, NULL, 0) < 0 && errno == EINTR)
		;
	return count;
}

int heir_adopt(struct stage *heir, const struct stage *s, const struct uffd_msg *msg)
{
	heir->region = s->region;
	heir->uffd = s->uffd;
	heir->uffd.fd = msg->arg.fork.ufd;
	return pump_open(&heir->pump, &heir->uffd, false);
}
