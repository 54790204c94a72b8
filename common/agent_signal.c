// SPDX-License-Identifier: GPL-2.0
/* Agents whose write comes with a signal: the handler's own, and the frame that the kernel puts on the stack for it. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "agent_impl.h"

#define STORES SIGUSR2
#define FRAMES SIGURG
/* At either end of the page, so that what region_check() looks at stays as it was. */
#define MARGIN 64

/* Of the thread that has a signal sent to itself. Atomic: the library declares that its calls run none of our code. */
static __thread struct agent_impl *acting;
static __thread const char *framed;

static void store_in_handler(int sig)
{
	(void)sig;
	agent_store(__atomic_load_n(&acting, __ATOMIC_RELAXED));
}

/* Uses no stack, so that nothing but the frame is written there. */
static void note_frame(int sig, siginfo_t *info, void *context)
{
	(void)sig;
	(void)context;
	__atomic_store_n(&framed, (const char *)info, __ATOMIC_RELAXED);
}

static int signal_oneself(int sig, struct sigaction *action)
{
	if (sigaction(sig, action, NULL) || syscall(SYS_tgkill, getpid(), syscall(SYS_gettid), sig))
		return -errno;
	return 0;
}

int agent_handler(struct agent_impl *i)
{
	struct sigaction action = { .sa_handler = store_in_handler };

	__atomic_store_n(&acting, i, __ATOMIC_RELAXED);
	return signal_oneself(STORES, &action);
}

/* The frame goes to the end of [@stack, @stack + @len). */
static int take_frame(char *stack, size_t len)
{
	struct sigaction action = { .sa_sigaction = note_frame, .sa_flags = SA_SIGINFO | SA_ONSTACK };
	stack_t ours = { .ss_sp = stack, .ss_size = len }, off = { .ss_flags = SS_DISABLE };
	const char *frame;
	int err;

	/* The system call: the library has its own idea of how small a stack may be. */
	if (syscall(SYS_sigaltstack, &ours, NULL))
		return -errno;
	__atomic_store_n(&framed, NULL, __ATOMIC_RELAXED);
	err = signal_oneself(FRAMES, &action);
	syscall(SYS_sigaltstack, &off, NULL);
	frame = __atomic_load_n(&framed, __ATOMIC_RELAXED);
	if (!err && (frame < stack || frame >= stack + len))
		err = -EIO;
	return err;
}

/* Bytes that a frame takes here. */
static size_t frame_size(void)
{
	static char stack[64 * 1024];
	size_t low = 0;

	memset(stack, 0, sizeof(stack));
	if (take_frame(stack, sizeof(stack)))
		return sizeof(stack);
	while (low < sizeof(stack) && !stack[low])
		low++;
	return sizeof(stack) - low;
}

int agent_can_signal_frame(char *why, size_t len)
{
	size_t needs = frame_size();

	if (needs + 2 * MARGIN <= page_size())
		return 0;
	snprintf(why, len, "a signal's frame takes %zu bytes, more than a page: a CPU with smaller registers", needs);
	return -ENOTSUP;
}

int agent_signal_frame(struct agent_impl *i)
{
	char *page = agent_border(i->addr) - page_size();

	return take_frame(page + MARGIN, page_size() - 2 * MARGIN);
}
