// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <sched.h>

#include "../uffd/compiler.h"
#include "reader.h"

/* Enough for any replacement policy to have the translation in a TLB. */
#define WARM_LOADS 64

static void *keep_loading(void *arg)
{
	struct reader *r = arg;

	while (!atomic_load(&r->stop)) {
		r->seen = READ_ONCE(*r->at);
		atomic_fetch_add(&r->loads, 1);
	}
	return NULL;
}

/* Until @more loads began after the call; a load under way may have begun before, so one more than asked. */
static void await_loads(struct reader *r, unsigned long more)
{
	unsigned long until = atomic_load(&r->loads) + more + 1;

	while (atomic_load(&r->loads) < until)
		sched_yield();
}

int reader_start(struct reader *r, const void *at, int cpu)
{
	pthread_attr_t attr;
	cpu_set_t set;
	int err;

	r->at = at;
	r->cpu = cpu;
	atomic_init(&r->loads, 0);
	atomic_init(&r->stop, false);
	CPU_ZERO(&set);
	CPU_SET(cpu, &set);
	pthread_attr_init(&attr);
	err = pthread_attr_setaffinity_np(&attr, sizeof(set), &set);
	if (!err)
		err = pthread_create(&r->thread, &attr, keep_loading, r);
	pthread_attr_destroy(&attr);
	if (err)
		return -err;
	await_loads(r, WARM_LOADS);
	return 0;
}

uint8_t reader_look(struct reader *r)
{
	await_loads(r, 1);
	return r->seen;
}

void reader_stop(struct reader *r)
{
	atomic_store(&r->stop, true);
	pthread_join(r->thread, NULL);
}

int reader_other_cpu(void)
{
	int here = sched_getcpu(), cpu;
	cpu_set_t set;

	if (sched_getaffinity(0, sizeof(set), &set))
		return -1;
	for (cpu = 0; cpu < CPU_SETSIZE; cpu++)
		if (CPU_ISSET(cpu, &set) && cpu != here)
			return cpu;
	return -1;
}
