/* SPDX-License-Identifier: GPL-2.0 */
/*
 * agent_impl - the inside of an agent: what each kind does (agent_act.c), and
 * how its thread is run and looked at (agent.c). Nothing else should include it.
 */
#ifndef COMMON_AGENT_IMPL_H
#define COMMON_AGENT_IMPL_H

#include <liburing.h>
#include <pthread.h>
#include <stdint.h>

#include "agent.h"

struct agent_impl {
	const struct agent_act *act;
	char *addr;
	uint8_t value;		/* what is stored, or what was read */
	int error;		/* valid once done */
	int pipe[2];		/* -1 where the kind needs none */
	struct io_uring ring;
	bool ring_open;
	uint32_t tid;		/* who acts, a futex; 0: not there yet */
	uint32_t done;		/* a futex; set by the agent as its last deed */
	pthread_t thread;
	int wchan_fd;		/* of wchan_tid, opened at the first look; -1 before */
	uint32_t wchan_tid;
};

/* One kind. The act returns 0 or the kernel's own negative errno. */
struct agent_act {
	const char *name;
	bool writes;
	bool pipe;		/* needs a pipe */
	bool filled;		/* that holds the value already */
	bool uring;		/* needs a ring */
	bool forks;		/* sets tid itself: its child is who acts */
	int (*act)(struct agent_impl *i);
};

extern const struct agent_act agent_acts[AGENT_COUNT];

/* Sets *word, and wakes who waits for it. */
void agent_publish(uint32_t *word, uint32_t value);

#endif /* COMMON_AGENT_IMPL_H */
