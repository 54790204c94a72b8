// SPDX-License-Identifier: GPL-2.0
/* Agents' threads: prepared, started, waited for, looked at. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif

#include <errno.h>
#include <fcntl.h>
#include <linux/futex.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "../uffd/deadline.h"
#include "agent_impl.h"

#define STACK_SIZE (64 * 1024)
#define START_MS 60000
#define FREE_MS 10000
/* Between two looks at a thread that is neither done nor blocked; doubles up to the second. */
#define LOOK_FIRST_NS 20000
#define LOOK_LAST_NS 1000000

char *agent_border(char *addr)
{
	return (char *)(((uintptr_t)addr | (page_size() - 1)) + 1);
}

void agent_publish(uint32_t *word, uint32_t value)
{
	__atomic_store_n(word, value, __ATOMIC_RELEASE);
	syscall(__NR_futex, word, FUTEX_WAKE_PRIVATE, INT32_MAX, NULL, NULL, 0);
}

static uint32_t published(const uint32_t *word)
{
	return __atomic_load_n(word, __ATOMIC_ACQUIRE);
}

uint32_t agent_await(const uint32_t *word, int64_t deadline, int64_t ns)
{
	struct timespec until = deadline_or_ns(deadline, ns);

	if (!published(word))
		syscall(__NR_futex, word, FUTEX_WAIT_BITSET_PRIVATE, 0, &until, NULL,
			FUTEX_BITSET_MATCH_ANY);
	return published(word);
}

int agent_can(enum agent_kind k, char *why, size_t len)
{
	/* Without it nobody could tell a blocked agent from a slow one. */
	if (access("/proc/self/wchan", R_OK)) {
		snprintf(why, len,
			 "no /proc/self/wchan: mount /proc, or build the kernel with CONFIG_KALLSYMS");
		return -ENOTSUP;
	}
	return agent_acts[k].can ? agent_acts[k].can(why, len) : 0;
}

/* What the kind needs, made before the thread so that the act is all that it does. */
static int prepare(struct agent_impl *i)
{
	int err = agent_open_channel(i);

	if (!err && i->act->uring) {
		err = io_uring_queue_init(1, &i->ring, 0);
		i->ring_open = !err;
	}
	return !err && i->act->prepare ? i->act->prepare(i) : err;
}

static void close_fd(int fd)
{
	if (fd >= 0)
		close(fd);
}

static void release(struct agent_impl *i)
{
	if (i->act->release)
		i->act->release(i);
	if (i->ring_open)
		io_uring_queue_exit(&i->ring);
	close_fd(i->ends[0]);
	close_fd(i->ends[1]);
	close_fd(i->wchan_fd);
	free(i);
}

static void *run(void *arg)
{
	struct agent_impl *i = arg;

	if (!i->act->forks)
		agent_publish(&i->tid, syscall(__NR_gettid));
	i->error = i->act->act(i);
	agent_publish(&i->done, 1);
	return NULL;
}

static int create(struct agent_impl *i)
{
	pthread_attr_t attr;
	int err;

	pthread_attr_init(&attr);
	pthread_attr_setstacksize(&attr, STACK_SIZE);
	err = -pthread_create(&i->thread, &attr, run, i);
	pthread_attr_destroy(&attr);
	return err;
}

int agent_prepare(struct agent *a, enum agent_kind k, char *addr, uint8_t value)
{
	struct agent_impl *i = calloc(1, sizeof(*i));
	int err;

	*a = (struct agent){ .kind = k, .addr = addr, .value = value };
	if (!i)
		return -ENOMEM;
	i->act = &agent_acts[k];
	i->addr = addr;
	i->value = value;
	i->ends[0] = i->ends[1] = i->wchan_fd = -1;
	i->process = getpid();
	err = prepare(i);
	if (err)
		release(i);
	else
		a->impl = i;
	return err;
}

int agent_go(struct agent *a)
{
	struct agent_impl *i = a->impl;
	int err;

	i->cpu = sched_getcpu();
	err = create(i);
	if (err)
		return err;
	i->started = true;
	if (!i->act->forks)
		a->tid = agent_await(&i->tid, deadline_in(START_MS), START_MS * 1000000LL);
	return 0;
}

int agent_start(struct agent *a, enum agent_kind k, char *addr, uint8_t value)
{
	int err = agent_prepare(a, k, addr, value);

	if (!err)
		err = agent_go(a);
	if (err)
		agent_free(a);
	return err;
}

/*
 * Whether the kernel says that it sleeps in a userfault. The letter of its state wouldn't
 * do: a thread that waits for the mmap lock or for memory is asleep too, for a moment.
 */
static bool in_userfault(struct agent_impl *i)
{
	static const char where[] = "handle_userfault";
	uint32_t tid = published(&i->tid);
	char text[64];
	ssize_t n;

	if (!tid)
		return false;
	if (i->wchan_tid != tid) {
		snprintf(text, sizeof(text), "/proc/%u/wchan", tid);
		close_fd(i->wchan_fd);
		i->wchan_fd = open(text, O_RDONLY | O_CLOEXEC);
		i->wchan_tid = i->wchan_fd < 0 ? 0 : tid;
	}
	n = pread(i->wchan_fd, text, sizeof(text), 0);
	return n == sizeof(where) - 1 && !memcmp(text, where, n);
}

enum agent_state agent_state(const struct agent *a)
{
	if (published(&a->impl->done))
		return AGENT_DONE;
	return in_userfault(a->impl) ? AGENT_BLOCKED : AGENT_RUNNING;
}

/* The same, and brings to the agent's face what has been made known. */
static enum agent_state look(struct agent *a)
{
	enum agent_state state = agent_state(a);

	a->tid = published(&a->impl->tid);
	if (state == AGENT_DONE) {
		a->value = a->impl->value;
		a->error = a->impl->error;
	}
	return state;
}

enum agent_state agent_settle(struct agent *a, int ms)
{
	int64_t deadline = deadline_in(ms);
	int64_t ns = LOOK_FIRST_NS;
	enum agent_state state;

	while ((state = look(a)) == AGENT_RUNNING && deadline_left(deadline)) {
		agent_await(&a->impl->done, deadline, ns);
		if (ns < LOOK_LAST_NS)
			ns *= 2;
	}
	return state;
}

enum agent_state agent_join(struct agent *a, int ms)
{
	int64_t deadline = deadline_in(ms);

	while (!agent_await(&a->impl->done, deadline, INT64_MAX / 2) && deadline_left(deadline))
		;
	return look(a);
}

void agent_free(struct agent *a)
{
	struct agent_impl *i = a->impl;
	enum agent_state state;

	if (!i)
		return;
	if (!i->started) {
		a->impl = NULL;
		release(i);
		return;
	}
	state = agent_settle(a, FREE_MS);
	if (state == AGENT_BLOCKED && i->act->forks) {
		kill(a->tid, SIGKILL);
		state = agent_join(a, FREE_MS);
	}
	a->impl = NULL;
	if (state != AGENT_DONE) {
		pthread_detach(i->thread);
		return;
	}
	pthread_join(i->thread, NULL);
	release(i);
}

enum agent_state agent_act(enum agent_kind k, char *addr, uint8_t value, int ms, int *error)
{
	struct agent a;
	enum agent_state state;

	*error = agent_start(&a, k, addr, value);
	if (*error)
		return AGENT_DONE;
	state = agent_join(&a, ms);
	if (state == AGENT_DONE)
		*error = a.error;
	agent_free(&a);
	return state;
}
