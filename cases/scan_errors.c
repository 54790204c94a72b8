// SPDX-License-Identifier: GPL-2.0
/*
 * PAGEMAP_SCAN: what it refuses, where it stops, and whom else it may be asked about.
 * Why: a scan that arms and then fails has forgotten writes that nobody was told of.
 */
#include "../common/heir.h"
#include "case.h"
#include "scan_checks.h"

#define PAGE 5
#define HALF 32
#define VALUE 0xa5
#define UNKNOWN (1ULL << 40)

FIXTURE(refused)
{
	struct stage s;
	int fd;
	struct page_region vec[8];
};

FIXTURE_SETUP(refused)
{
	CASE_REGISTERED_PAGES(&self->s, ASYNC, BASE_PAGES, 64);
	self->fd = pagemap_open(0);
	ASSERT_OK(self->fd);
	LOOK(&self->s, &self->s.before);
}

FIXTURE_TEARDOWN(refused)
{
	close(self->fd);
	stage_clear(&self->s);
}

/* A question that would arm every page, but for the one thing that is wrong with it. */
static struct pm_scan_arg good_question(const struct stage *s, struct page_region *vec, size_t len)
{
	return (struct pm_scan_arg) {
		.size = sizeof(struct pm_scan_arg),
		.flags = PM_SCAN_WP_MATCHING,
		.start = (uintptr_t)s->region.start,
		.end = (uintptr_t)stage_page(s, s->region.pages),
		.vec = (uintptr_t)vec,
		.vec_len = len,
		.category_mask = PAGE_IS_WRITTEN,
		.return_mask = PAGE_IS_WRITTEN,
	};
}

static int ask(int fd, const struct pm_scan_arg *question)
{
	struct pm_scan_arg arg = *question;
	int got = ioctl(fd, PAGEMAP_SCAN, &arg);

	return got < 0 ? -errno : got;
}

/* Asks with @field set to @wrong. */
#define REFUSES(field, wrong, error) do {					\
	struct pm_scan_arg bad = good_question(s, self->vec, ARRAY_SIZE(self->vec)); \
	int err;								\
										\
	bad.field = wrong;							\
	err = ask(self->fd, &bad);						\
	EXPECT_THAT(err == (error), INTERFACE, "%s for " #field " = 0x%llx; it gave %s", strerror(-(error)), \
		    (unsigned long long)bad.field, err < 0 ? strerror(-err) : "success"); \
} while (0)

TEST_F(refused, bad_questions_change_nothing)
{
	COVERS(SC_ERRORS);
	struct stage *s = &self->s;

	REFUSES(size, sizeof(struct pm_scan_arg) - 8, -EINVAL);
	REFUSES(size, 0, -EINVAL);
	REFUSES(flags, PM_SCAN_WP_MATCHING | UNKNOWN, -EINVAL);
	REFUSES(flags, PM_SCAN_WP_MATCHING | 1 << 2, -EINVAL);
	REFUSES(category_mask, PAGE_IS_WRITTEN | UNKNOWN, -EINVAL);
	REFUSES(category_inverted, UNKNOWN, -EINVAL);
	REFUSES(category_anyof_mask, UNKNOWN, -EINVAL);
	REFUSES(return_mask, PAGE_IS_WRITTEN | UNKNOWN, -EINVAL);
	REFUSES(start, (uintptr_t)s->region.start + 1, -EINVAL);
	REFUSES(start, UINT64_MAX & ~((uint64_t)page_size() - 1), -EFAULT);
	REFUSES(vec, 0, -EINVAL);
	REFUSES(vec, UINT64_MAX - 7, -EFAULT);
	LOOK(s, &s->after);
	EXPECT_SAME(s, &s->before, &s->after);
}

/* The first half is tracked asynchronously, the other one isn't. */
FIXTURE(elsewhere)
{
	struct stage s;
	int fd;
};

FIXTURE_SETUP(elsewhere)
{
	struct stage *s = &self->s;

	CASE_REGISTERED_PAGES(s, ASYNC, BASE_PAGES, 2 * HALF);
	ASSERT_OK(uffd_unregister(&s->uffd, stage_page(s, HALF), HALF * page_size()));
	self->fd = pagemap_open(0);
	ASSERT_OK(self->fd);
	s->region.pages = HALF;
	LOOK(s, &s->before);
}

FIXTURE_TEARDOWN(elsewhere)
{
	close(self->fd);
	stage_clear(&self->s);
}

static int arm_from(int fd, const struct stage *s, size_t first, struct scan *scan)
{
	scan->start = stage_page(s, first);
	scan->len = (2 * HALF - first) * page_size();
	scan->flags = PM_SCAN_WP_MATCHING | PM_SCAN_CHECK_WPASYNC;
	scan->mask = PAGE_IS_WRITTEN;
	scan->ret = PAGE_IS_WRITTEN;
	return scan_once(fd, scan);
}

TEST_F(elsewhere, scan_that_begins_there_is_refused)
{
	COVERS(SC_CHECK_WPASYNC);
	struct scan scan = { 0 };

	EXPECT_ERROR(arm_from(self->fd, &self->s, HALF, &scan), -EPERM);
}

TEST_F(elsewhere, scan_that_comes_there_is_refused)
{
	COVERS(SC_CHECK_WPASYNC);
	struct page_region vec[4];
	struct scan scan = { .vec = vec, .vec_len = ARRAY_SIZE(vec) };

	EXPECT_ERROR(arm_from(self->fd, &self->s, 0, &scan), -EPERM);
}

TEST_F(elsewhere, refused_scan_says_what_it_has_armed)
{
	COVERS(SC_CHECK_WPASYNC);
	struct page_region vec[4];
	struct scan scan = { .vec = vec, .vec_len = ARRAY_SIZE(vec) };
	struct stage *s = &self->s;
	size_t came, armed;

	arm_from(self->fd, s, 0, &scan);
	came = ((char *)scan.walk_end - s->region.start) / page_size();
	LOOK(s, &s->after);
	armed = view_count(&s->after, WP, 0);
	EXPECT_THAT(came <= HALF && armed <= came, LOST,
		    "a walk_end that isn't behind page %d, and no page armed from there on; it is at page %zu, %zu are", HALF,
		    came, armed);
}

TEST_F(elsewhere, without_the_check_it_is_passed_over)
{
	COVERS(SC_CHECK_WPASYNC, SC_WP_MATCHING);
	struct stage *s = &self->s;
	struct page_region vec[4];
	struct pm_scan_arg arg = good_question(s, vec, ARRAY_SIZE(vec));

	arg.end = (uintptr_t)stage_page(s, 2 * HALF);
	ASSERT_OK(ask(self->fd, &arg));
	LOOK(s, &s->after);
	EXPECT_PAGES(s, &s->after, 0, HALF, WP, WRITTEN);
}

/* Registered for write protection that delivers events, markers and all. */
FIXTURE(synchronous)
{
	struct stage s;
	int fd;
};

FIXTURE_SETUP(synchronous)
{
	CASE_REGISTERED_PAGES(&self->s, SYNC, BASE_PAGES, 2 * HALF);
	self->fd = pagemap_open(0);
	ASSERT_OK(self->fd);
	LOOK(&self->s, &self->s.before);
	NEEDS_SCAN(&self->s);
}

FIXTURE_TEARDOWN(synchronous)
{
	close(self->fd);
	stage_clear(&self->s);
}

TEST_F(synchronous, scan_is_refused_and_arms_nothing)
{
	COVERS(SC_CHECK_WPASYNC);
	struct stage *s = &self->s;
	struct scan scan = { 0 };

	EXPECT_ERROR(arm_from(self->fd, s, 0, &scan), -EPERM);
	LOOK(s, &s->after);
	EXPECT_SAME(s, &s->before, &s->after);
}

/* A fork child that was given the parent's protection, and waits. */
FIXTURE(other_process)
{
	struct stage s;
	struct stage heir;
	pid_t child;
	int fd;
};

FIXTURE_SETUP(other_process)
{
	struct stage *s = &self->s;

	self->heir.uffd.fd = -1;
	ARRANGE(stage_region(s, BASE_PAGES, 64, &lack));
	ARRANGE(stage_register(s, ASYNC, UFFD_FEATURE_EVENT_FORK, &lack));
	LOOK(s, &s->before);
	self->child = heir_bear(s);
	ASSERT_OK(self->child);
	ASSERT_OK(heir_adopt(&self->heir, s, &s->pump.msg[0]));
	self->fd = pagemap_open(self->child);
	ASSERT_OK(self->fd);
}

FIXTURE_TEARDOWN(other_process)
{
	heir_bury(self->child);
	close(self->fd);
	stage_close(&self->heir);
	stage_clear(&self->s);
}

TEST_F(other_process, arming_its_pages_leaves_ours_alone)
{
	COVERS(SC_OTHER_PROCESS);
	struct stage *s = &self->s;
	struct page_region vec[4];
	struct pm_scan_arg arg = good_question(s, vec, ARRAY_SIZE(vec));
	int regions = ask(self->fd, &arg);

	ASSERT_OK(regions);
	EXPECT_THAT(regions == 1 && vec[0].start == arg.start && vec[0].end == arg.end, LOST,
		    "one region of all its pages written; there are %d", regions);
	EXPECT_THAT(heir_protected(self->child, &s->region) == (ssize_t)s->region.pages, LOST,
		    "all of its pages armed; %zd are", heir_protected(self->child, &s->region));
	EXPECT_THAT(!ask(self->fd, &arg), EXTRA, "nothing written any more; there are %d regions", ask(self->fd, &arg));
	LOOK(s, &s->after);
	EXPECT_SAME(s, &s->before, &s->after);
}
