// SPDX-License-Identifier: GPL-2.0
/* Agents that touch a page by a CPU's own instruction. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif

#include <errno.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>

#include "../uffd/compiler.h"
#include "agent_impl.h"
#include "reader.h"

int agent_store(struct agent_impl *i)
{
	__atomic_store_n((uint8_t *)i->addr, i->value, __ATOMIC_RELAXED);
	return 0;
}

int agent_load(struct agent_impl *i)
{
	i->value = READ_ONCE(*i->addr);
	return 0;
}

int agent_atomic(struct agent_impl *i)
{
	__atomic_exchange_n((uint8_t *)i->addr, i->value, __ATOMIC_SEQ_CST);
	return 0;
}

/* Spelt out where we know how, because a compiler may take an unaligned store to pieces. */
static void store_unaligned(char *at, uint64_t v)
{
#if defined(__x86_64__)
	asm volatile("movq %1, (%0)" : : "r"(at), "r"(v) : "memory");
#elif defined(__aarch64__)
	asm volatile("str %1, [%0]" : : "r"(at), "r"(v) : "memory");
#else
	memcpy(at, &v, sizeof(v));
	asm volatile("" : : : "memory");
#endif
}

int agent_straddle(struct agent_impl *i)
{
	store_unaligned(agent_border(i->addr) - AGENT_STRADDLE_SIDE, i->value * 0x0101010101010101ULL);
	return 0;
}

int agent_can_other_cpu(char *why, size_t len)
{
	if (reader_other_cpu() >= 0)
		return 0;
	snprintf(why, len, "just one CPU to run on: give the machine or the cpuset two");
	return -ENOTSUP;
}

/* Not the one whose TLB holds what the starter looked at. */
int agent_other_cpu(struct agent_impl *i)
{
	cpu_set_t set;
	int cpu;

	if (sched_getaffinity(0, sizeof(set), &set))
		return -errno;
	for (cpu = 0; cpu < CPU_SETSIZE; cpu++)
		if (!CPU_ISSET(cpu, &set) || cpu == i->cpu)
			CPU_CLR(cpu, &set);
	if (sched_setaffinity(0, sizeof(set), &set))
		return -errno;
	return agent_store(i);
}
