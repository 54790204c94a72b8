// SPDX-License-Identifier: GPL-2.0
/* Where agents have their data from, or send it to. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include "agent_impl.h"

static int open_ends(struct agent_impl *i)
{
	switch (i->act->channel) {
	case CHANNEL_PIPE:
		/* Non-blocking: only then does io_uring before 6.4 read a pipe without a worker. */
		return pipe2(i->ends, O_CLOEXEC | O_NONBLOCK) ? -errno : 0;
	case CHANNEL_SOCKET:
		return socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, i->ends) ? -errno : 0;
	case CHANNEL_MEMFD:
		i->ends[0] = memfd_create("agent", MFD_CLOEXEC);
		return i->ends[0] < 0 ? -errno : 0;
	case CHANNEL_DIRECT:
		return agent_direct_open(i);
	case CHANNEL_NONE:
		break;
	}
	return 0;
}

static int fill(struct agent_impl *i)
{
	if (i->act->channel == CHANNEL_DIRECT)
		return agent_direct_fill(i);
	return agent_moved_one(write(i->ends[i->act->channel != CHANNEL_MEMFD], &i->value, 1));
}

int agent_open_channel(struct agent_impl *i)
{
	int err = open_ends(i);

	return !err && i->act->filled ? fill(i) : err;
}
