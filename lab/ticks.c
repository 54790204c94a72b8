// SPDX-License-Identifier: GPL-2.0
/*
 * Prints how many thousand ticks a second this processor's time stamp counter makes; nothing where it has none.
 *
 * An emulated guest sees that counter, and finds out its frequency against emulated timers: on a busy host it came to a
 * thirtieth once, and all the guest's deadlines passed thirty times too soon. lab/boot tells it instead.
 */
#include <stdio.h>
#include <stdint.h>
#include <time.h>

#if defined(__x86_64__)

#define WINDOW_NS 20000000	/* long against what a reading takes */
#define TRIES 16

struct moment {
	uint64_t ns;
	uint64_t ticks;
};

static uint64_t now_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC_RAW, &t);
	return t.tv_sec * 1000000000ull + t.tv_nsec;
}

/* Both at once: of a few tries the one in which least time went by between the clock's readings. */
static struct moment look(void)
{
	struct moment best = { 0 };
	uint64_t gap = UINT64_MAX;
	int i;

	for (i = 0; i < TRIES; i++) {
		uint64_t before = now_ns(), ticks = __builtin_ia32_rdtsc(), after = now_ns();

		if (after - before < gap) {
			gap = after - before;
			best = (struct moment){ before + gap / 2, ticks };
		}
	}
	return best;
}

int main(void)
{
	struct moment first = look(), last;

	do
		last = look();
	while (last.ns - first.ns < WINDOW_NS);
	printf("%llu\n", (unsigned long long)((last.ticks - first.ticks) * 1000000ull / (last.ns - first.ns)));
	return 0;
}

#else

int main(void)
{
	return 0;
}

#endif
