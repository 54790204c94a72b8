// SPDX-License-Identifier: GPL-2.0
/* Agents that have the kernel change or compare a futex's word in a page. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif

#include <errno.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "../uffd/deadline.h"
#include "agent_impl.h"

#define OWNER_MS 60000

/* Sets the word in the page to the value, and wakes nobody. */
static int wake_op(struct agent_impl *i, int private)
{
	uint32_t other = 0;

	if (syscall(SYS_futex, &other, FUTEX_WAKE_OP | private, 0, 0, i->addr,
		    FUTEX_OP(FUTEX_OP_SET, i->value, FUTEX_OP_CMP_EQ, 0)) < 0)
		return -errno;
	return 0;
}

int agent_futex(struct agent_impl *i)
{
	return wake_op(i, FUTEX_PRIVATE_FLAG);
}

int agent_futex_shared(struct agent_impl *i)
{
	return wake_op(i, 0);
}

/* With a deadline that has passed: it compares, and comes back whatever was there. */
int agent_futex_wait(struct agent_impl *i)
{
	struct timespec past = { .tv_sec = 0 };

	if (!syscall(SYS_futex, i->addr, FUTEX_WAIT_BITSET_PRIVATE, 0, &past, NULL, FUTEX_BITSET_MATCH_ANY))
		return -EIO;
	return errno == EAGAIN || errno == ETIMEDOUT ? agent_load(i) : -errno;
}

/* Owns the futex in the page, by its number there and by the list that it leaves, and ends when it is told. */
static void *own(void *arg)
{
	struct agent_impl *i = arg;
	struct agent_will *will = i->will;

	will->head.list.next = &will->entry;
	will->entry.next = &will->head.list;
	will->head.futex_offset = i->addr - (char *)&will->entry;
	__atomic_store_n((uint32_t *)i->addr, syscall(SYS_gettid), __ATOMIC_RELAXED);
	syscall(SYS_set_robust_list, &will->head, sizeof(will->head));
	agent_publish(&will->made, 1);
	while (!agent_await(&will->die, deadline_in(OWNER_MS), INT64_MAX / 2))
		;
	return NULL;
}

int agent_robust_prepare(struct agent_impl *i)
{
	int64_t deadline = deadline_in(OWNER_MS);
	int err;

	i->will = calloc(1, sizeof(*i->will));
	if (!i->will)
		return -ENOMEM;
	err = -pthread_create(&i->will->thread, NULL, own, i);
	if (err) {
		free(i->will);
		i->will = NULL;
		return err;
	}
	return agent_await(&i->will->made, deadline, INT64_MAX / 2) ? 0 : -ETIME;
}

int agent_robust(struct agent_impl *i)
{
	agent_publish(&i->will->die, 1);
	pthread_join(i->will->thread, NULL);
	return 0;
}

void agent_robust_release(struct agent_impl *i)
{
	if (i->will && !i->started)
		agent_robust(i);
	free(i->will);
}
