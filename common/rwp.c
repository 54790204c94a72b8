// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "rwp.h"

int rwp_register(struct stage *s, enum region_mode mode, uint64_t more, struct lack *lack)
{
	uint64_t features = more | UFFD_FEATURE_RWP | (mode == ASYNC ? UFFD_FEATURE_RWP_ASYNC : 0);
	int err = stage_open(s, features, lack);

	if (!err)
		err = uffd_register(&s->uffd, s->region.start, s->region.pages * page_size(),
				    UFFDIO_REGISTER_MODE_RWP, NULL);
	return err ? err : pump_open(&s->pump, &s->uffd, mode == ASYNC);
}

int rwp_protect(struct stage *s, size_t first, size_t end)
{
	return uffd_rwprotect(&s->uffd, stage_page(s, first), (end - first) * page_size(),
			      UFFDIO_RWPROTECT_MODE_RWP);
}

int rwp_release(struct stage *s, size_t first, size_t end, uint64_t mode)
{
	return uffd_rwprotect(&s->uffd, stage_page(s, first), (end - first) * page_size(), mode);
}

static long faults_so_far(void)
{
	struct rusage usage;

	getrusage(RUSAGE_SELF, &usage);
	return usage.ru_minflt;
}

static int count_faults(const char *at)
{
	long before;

	/* What counting itself touches is there when it counts. */
	faults_so_far();
	before = faults_so_far();
	__atomic_load_n(at, __ATOMIC_RELAXED);
	return faults_so_far() - before;
}

int rwp_faults_of_child(const struct stage *s, size_t page)
{
	int status;
	pid_t child = fork();

	if (child < 0)
		return -errno;
	if (!child)
		_exit(count_faults(stage_page(s, page)));
	while (waitpid(child, &status, 0) < 0)
		if (errno != EINTR)
			return -errno;
	return WIFEXITED(status) ? WEXITSTATUS(status) : -EFAULT;
}
