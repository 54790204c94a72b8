// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "stage.h"

char *stage_page(const struct stage *s, size_t page)
{
	return region_page(&s->region, page);
}

static int arranged(struct stage *s, int err, struct lack *lack)
{
	s->uffd.fd = -1;
	if (err)
		snprintf(lack->why, sizeof(lack->why), "%s", s->region.why);
	return err;
}

int stage_region(struct stage *s, enum backing b, size_t pages, struct lack *lack)
{
	return arranged(s, region_make_pages(&s->region, b, pages), lack);
}

int stage_region_two(struct stage *s, enum backing b, enum backing beyond, struct lack *lack)
{
	return arranged(s, region_make_two(&s->region, b, beyond), lack);
}

int stage_open(struct stage *s, uint64_t features, struct lack *lack)
{
	uint64_t missing = 0, bit;
	int err = uffd_open(&s->uffd, features, &missing);

	for (bit = 1; err == -EOPNOTSUPP && !(missing & bit); bit <<= 1)
		;
	if (err == -EOPNOTSUPP)
		snprintf(lack->why, sizeof(lack->why), "this kernel does not offer UFFD_FEATURE_%s",
			 uffd_feature_name(bit));
	else if (err)
		snprintf(lack->why, sizeof(lack->why),
			 "no userfaultfd (%s): run as root, or sysctl vm.unprivileged_userfaultfd=1", strerror(-err));
	return err;
}

int stage_attach(struct stage *s, enum region_mode mode)
{
	int err = uffd_register(&s->uffd, s->region.start, s->region.pages * page_size(),
				UFFDIO_REGISTER_MODE_WP, NULL);

	if (err)
		return err;
	s->region.mode = mode;
	/* Async: nothing is waited for, and a ring costs more than the rest of the stage. */
	return pump_open(&s->pump, &s->uffd, mode == ASYNC);
}

int stage_register(struct stage *s, enum region_mode mode, uint64_t more, struct lack *lack)
{
	uint64_t features = more | UFFD_FEATURE_PAGEFAULT_FLAG_WP, offered = 0;
	enum backing b = s->region.backing, beyond = s->region.beyond;
	int err;

	if (s->region.unit || backing_is_file(b) || backing_is_file(beyond))
		features |= UFFD_FEATURE_WP_HUGETLBFS_SHMEM;
	if (mode == ASYNC)
		features |= UFFD_FEATURE_WP_ASYNC | UFFD_FEATURE_WP_UNPOPULATED;
	else if (b == UNPOPULATED || beyond == UNPOPULATED)
		features |= UFFD_FEATURE_WP_UNPOPULATED;
	else if (!uffd_offered(&offered, NULL))
		features |= offered & UFFD_FEATURE_WP_UNPOPULATED;
	err = stage_open(s, features, lack);
	return err ? err : stage_attach(s, mode);
}

int stage_protect(struct stage *s, size_t first, size_t end)
{
	return uffd_writeprotect(&s->uffd, stage_page(s, first), (end - first) * page_size(),
				 UFFDIO_WRITEPROTECT_MODE_WP);
}

int stage_unprotect(struct stage *s, size_t first, size_t end, uint64_t mode)
{
	return uffd_writeprotect(&s->uffd, stage_page(s, first), (end - first) * page_size(), mode);
}

int stage_wake(struct stage *s, size_t first, size_t end)
{
	return uffd_wake(&s->uffd, stage_page(s, first), (end - first) * page_size());
}

int stage_unregister(struct stage *s)
{
	int err = uffd_unregister(&s->uffd, s->region.start, s->region.pages * page_size());

	if (!err)
		s->region.mode = UNREGISTERED;
	return err;
}

int stage_agent(enum agent_kind kind, struct lack *lack)
{
	return agent_can(kind, lack->why, sizeof(lack->why));
}

void stage_close(struct stage *s)
{
	if (s->pump.impl)
		pump_close(&s->pump);
	uffd_close(&s->uffd);
	s->region.mode = UNREGISTERED;
}

void stage_clear(struct stage *s)
{
	stage_close(s);
	/* Before the region goes: what was just let go on still writes there. */
	agent_free(&s->writer);
	agent_free(&s->second);
	view_free(&s->before);
	view_free(&s->after);
	region_free(&s->region);
}
