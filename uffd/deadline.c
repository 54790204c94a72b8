// SPDX-License-Identifier: GPL-2.0
#include <limits.h>

#include "deadline.h"

#define NS_PER_MS 1000000LL
#define NS_PER_S 1000000000LL

static int64_t now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * NS_PER_S + ts.tv_nsec;
}

int64_t deadline_in(int ms)
{
	return now() + (ms > 0 ? ms * NS_PER_MS : 0);
}

int deadline_left(int64_t deadline)
{
	int64_t left = deadline - now();

	if (left <= 0)
		return 0;
	left = (left + NS_PER_MS - 1) / NS_PER_MS;
	return left < INT_MAX ? left : INT_MAX;
}

struct timespec deadline_or_ns(int64_t deadline, int64_t ns)
{
	int64_t at = now() + ns;

	if (at > deadline)
		at = deadline;
	return (struct timespec){ .tv_sec = at / NS_PER_S, .tv_nsec = at % NS_PER_S };
}
