// SPDX-License-Identifier: GPL-2.0
/*
 * Async write protection together with each other feature, and alone.
 * Why: userfaultfd.rst lets it stand beside all of them, and has it take any kind of memory when it is used alone; a tracker of
 * whole processes lives on that.
 */
#include <sys/mman.h>

#include "../common/reshape.h"
#include "../common/zram.h"
#include "case.h"
#include "variants.h"

#define PAGES 16
#define PAGE 5
#define VALUE 0xa5
#define BOTH (UFFDIO_REGISTER_MODE_MISSING | UFFDIO_REGISTER_MODE_WP)

FIXTURE(async_with)
{
	struct stage s;
	uint64_t offered;
};

FIXTURE_SETUP(async_with)
{
	CASE_AGENT(AGENT_STORE);
	ASSERT_OK(uffd_offered(&self->offered, NULL));
	ARRANGE(stage_region(&self->s, BASE_PAGES, PAGES, &lack));
	if (!(self->offered & UFFD_FEATURE_WP_ASYNC))
		SKIP(return, "this kernel does not offer UFFD_FEATURE_WP_ASYNC");
}

FIXTURE_TEARDOWN(async_with)
{
	stage_clear(&self->s);
}

/* Its own act, and the page that it wrote to; ends with nothing registered. */
static bool works(const struct place *at, struct stage *s, uint64_t feature)
{
	struct lack lack = { 0 };
	int err = stage_register(s, ASYNC, feature, &lack);

	if (err)
		return check_charge(at, REQUIREMENT_NONE, INTERFACE, "WP_ASYNC to go with %s; it gave %s",
				    uffd_feature_name(feature), strerror(-err));
	if (!check_ok(at, "protecting the region", stage_protect(s, 0, PAGES)) ||
	    !check_act(at, s, AGENT_STORE, PAGE, VALUE) || !check_look(at, s, &s->after, view_read) ||
	    !check_pages(at, s, &s->after, 0, PAGE, WP, WRITTEN) ||
	    !check_pages(at, s, &s->after, PAGE, PAGE + 1, WRITTEN, WP) ||
	    !check_pages(at, s, &s->after, PAGE + 1, PAGES, WP, WRITTEN) || !check_no_event(at, s))
		return false;
	stage_close(s);
	return true;
}

TEST_F(async_with, each_other_feature_a_store_is_resolved_and_seen)
{
	COVERS(IF_ASYNC_ALONE, AS_NO_EVENT, AS_RESOLVES);
	uint64_t bit;

	for (bit = 1; bit; bit <<= 1) {
		/* RWP_ASYNC is documented to need RWP. */
		uint64_t needs = bit == UFFD_FEATURE_RWP_ASYNC ? UFFD_FEATURE_RWP : 0;

		if (self->offered & bit && !(bit == UFFD_FEATURE_EVENT_FORK && geteuid()))
			OR_LEAVE(works(HERE, &self->s, bit | needs));
	}
}

/* A block device's pages: neither anonymous nor shared memory nor hugetlb. */
FIXTURE(async_file)
{
	struct stage s;
	char device[ZRAM_NAME_LEN];
};

FIXTURE_VARIANT(async_file)
{
	int how;
};

FIXTURE_VARIANT_ADD(async_file, shared) { .how = MAP_SHARED };
FIXTURE_VARIANT_ADD(async_file, private) { .how = MAP_PRIVATE };

FIXTURE_SETUP(async_file)
{
	struct stage *s = &self->s;

	CASE_AGENT(AGENT_STORE);
	ARRANGE(zram_can(&lack));
	ASSERT_OK(zram_make(self->device, 2 * PAGES * page_size()));
	ARRANGE(stage_region(s, UNPOPULATED, PAGES, &lack));
	ASSERT_OK(region_map_path(&s->region, self->device, variant->how));
	ARRANGE(stage_open(s, UFFD_FEATURE_WP_ASYNC, &lack));
}

FIXTURE_TEARDOWN(async_file)
{
	stage_clear(&self->s);
}

TEST_F(async_file, can_be_tracked)
{
	COVERS(IF_ASYNC_ALONE, WP_UNPOPULATED, AS_RESOLVES);
	struct stage *s = &self->s;

	ACT_BY(stage_attach(s, ASYNC));
	ACT_BY(stage_protect(s, 0, PAGES));
	ACT(s, AGENT_LOAD, PAGE + 1, 0);
	LOOK(s, &s->before);
	EXPECT_PAGES(s, &s->before, 0, PAGES, WP, WRITTEN);
	ACT(s, AGENT_STORE, PAGE, VALUE);
	LOOK(s, &s->after);
	EXPECT_PAGES(s, &s->after, 0, PAGE, WP, WRITTEN);
	EXPECT_PAGES(s, &s->after, PAGE, PAGE + 1, PRESENT | WRITTEN, WP);
	EXPECT_PAGES(s, &s->after, PAGE + 1, PAGES, WP, WRITTEN);
	EXPECT_WRITTEN_ONLY(s, AGENT_STORE, PAGE, VALUE);
}

TEST_F(async_file, is_refused_for_missing_pages_too)
{
	COVERS(IF_ASYNC_ALONE, IF_ERRORS);
	struct stage *s = &self->s;

	EXPECT_ERROR(uffd_register(&s->uffd, s->region.start, PAGES * page_size(), BOTH, NULL), -EINVAL);
	EXPECT_ERROR(stage_protect(s, 0, PAGES), -ENOENT);
}
