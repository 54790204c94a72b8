// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "../uffd/deadline.h"
#include "../uffd/scan.h"
#include "mover.h"

#define GIVE_UP_MS 20000
/* Pages of nobody else. */
#define MOVE (1 << 1)	/* MPOL_MF_MOVE of linux/mempolicy.h */
#define NODES 64

/* "0", "0-1", "0,2-3": the first numbers of it. */
static int list_nodes(int *node, int max)
{
	char text[128] = "", *at = text, *end;
	FILE *f = fopen("/sys/devices/system/node/has_memory", "re");
	int n = 0;

	if (f && !fgets(text, sizeof(text), f))
		text[0] = '\0';
	if (f)
		fclose(f);
	for (; *at >= '0' && *at <= '9'; at = *end ? end + 1 : end) {
		int from = strtol(at, &end, 10), to = from;

		if (*end == '-')
			to = strtol(end + 1, &end, 10);
		for (; from <= to && n < max; from++)
			node[n++] = from;
	}
	return n;
}

int mover_nodes(void)
{
	int node[NODES], n = list_nodes(node, NODES);

	return n ? n : 1;
}

static int two_nodes(int node[2], struct lack *lack)
{
	if (list_nodes(node, 2) == 2)
		return 0;
	snprintf(lack->why, sizeof(lack->why),
		 "no second memory node to move pages to: boot with numa=fake=2 (CONFIG_NUMA_EMU), or a guest with two");
	return -ENOTSUP;
}

/* Asks for every page, or with @one for one a PMD. The first error of a page that isn't there. */
static int move_to(const struct region *r, size_t step, int node, bool look)
{
	size_t n = (r->pages + step - 1) / step, i;
	void **page = calloc(n, sizeof(*page));
	int *where = calloc(n, sizeof(*where)), *status = calloc(n, sizeof(*status));
	int err = page && where && status ? 0 : -ENOMEM;

	for (i = 0; !err && i < n; i++) {
		page[i] = region_page(r, i * step);
		where[i] = node;
	}
	if (!err && syscall(__NR_move_pages, 0, n, page, where, status, MOVE) < 0)
		err = -errno;
	for (i = 0; !err && look && i < n; i++)
		err = status[i] == node ? 0 : status[i] < 0 ? status[i] : -EBUSY;
	free(page);
	free(where);
	free(status);
	return err;
}

static size_t step_of(const struct region *r)
{
	return r->unit ?: r->backing == ANON_THP ? pmd_pages() : 1;
}

/* There and back: one of the two was away. */
int mover_move(const struct region *r, struct lack *lack)
{
	int64_t limit = deadline_in(GIVE_UP_MS);
	int node[2], err = two_nodes(node, lack);

	if (err)
		return err;
	do
		err = move_to(r, step_of(r), node[1], true) ?: move_to(r, step_of(r), node[0], true);
	while (err && deadline_left(limit));
	if (err)
		snprintf(lack->why, sizeof(lack->why), "pages don't move (%s): free memory on both nodes", strerror(-err));
	return err;
}

int mover_push(const struct region *r)
{
	struct lack lack;
	int node[2], err = two_nodes(node, &lack);

	return err ?: move_to(r, 1, node[1], false) ?: move_to(r, 1, node[0], false);
}

static void *move_about(void *arg)
{
	struct mover *m = arg;
	int i;

	for (i = 1; !atomic_load(&m->stop); i ^= 1)
		move_to(m->region, step_of(m->region), m->node[i], false);
	return NULL;
}

/* One processor for all threads to come, and this one first on it. */
static int take_processor(void)
{
	struct sched_param param = { .sched_priority = 1 };
	cpu_set_t cpus;
	int cpu = sched_getcpu();

	CPU_ZERO(&cpus);
	CPU_SET(cpu, &cpus);
	if (cpu < 0 || sched_setaffinity(0, sizeof(cpus), &cpus) || sched_setscheduler(0, SCHED_FIFO, &param))
		return -errno;
	return 0;
}

static int start(struct mover *m)
{
	struct sched_param plain = { 0 };
	pthread_attr_t attr;
	int err = take_processor();

	if (err)
		return err;
	pthread_attr_init(&attr);
	pthread_attr_setinheritsched(&attr, PTHREAD_EXPLICIT_SCHED);
	pthread_attr_setschedpolicy(&attr, SCHED_OTHER);
	pthread_attr_setschedparam(&attr, &plain);
	err = -pthread_create(&m->thread, &attr, move_about, m);
	pthread_attr_destroy(&attr);
	m->started = !err;
	return err;
}

/* A page that was present, and now isn't. Some are shown as swapped then, hugetlb's are not. */
static bool is_under_way(int fd, const struct region *r, size_t page)
{
	uint64_t entry = 0;

	return !pagemap_read(fd, region_page(r, page), 1, &entry) && !(entry & PAGEMAP_PRESENT);
}

int mover_catch(struct mover *m, const struct region *r, size_t page, struct lack *lack)
{
	int64_t limit = deadline_in(GIVE_UP_MS);
	int fd, err;

	memset(m, 0, sizeof(*m));
	m->region = r;
	err = two_nodes(m->node, lack);
	fd = err ? err : pagemap_open(0);
	if (fd < 0)
		return fd;
	err = start(m);
	while (!err && !is_under_way(fd, r, page)) {
		struct timespec a_while = deadline_or_ns(limit, 50000);

		if (!deadline_left(limit))
			err = -EAGAIN;
		/* The mover's turn; it ends wherever the mover happens to be. */
		clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &a_while, NULL);
	}
	close(fd);
	if (!err)
		return 0;
	mover_finish(m);
	snprintf(lack->why, sizeof(lack->why), "no page was caught on its way (%s): needs CAP_SYS_NICE and free memory on both nodes",
		 strerror(-err));
	return err;
}

int mover_finish(struct mover *m)
{
	struct sched_param plain = { 0 };
	int err = 0;

	atomic_store(&m->stop, true);
	if (m->started)
		err = -pthread_join(m->thread, NULL);
	m->started = false;
	if (sched_setscheduler(0, SCHED_OTHER, &plain))
		err = -errno;
	return err;
}
