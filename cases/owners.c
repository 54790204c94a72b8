// SPDX-License-Identifier: GPL-2.0
/*
 * Whose memory it is: two descriptors side by side, memory that may not be registered, and what fills only its own.
 * Why: an event that goes to another's descriptor is answered by nobody, and a page put where nobody looked for it
 * overwrites what was there or is never protected.
 */
#include <sys/mman.h>

#include "../common/reshape.h"
#include "filling.h"
#include "moving.h"

#define HALF 8
#define PAGES 16

/* Two descriptors, each of which guards a half of one mapping. */
FIXTURE(owners)
{
	struct stage s;
	struct stage other;	/* the second half's; the pages are the first one's */
};

FIXTURE_SETUP(owners)
{
	struct stage *s = &self->s, *other = &self->other;

	CASE_AGENT(AGENT_STORE);
	other->uffd.fd = -1;
	ARRANGE(stage_region(s, BASE_PAGES, PAGES, &lack));
	ARRANGE(stage_open(s, UFFD_FEATURE_PAGEFAULT_FLAG_WP, &lack));
	ARRANGE(stage_open(other, UFFD_FEATURE_PAGEFAULT_FLAG_WP, &lack));
	ASSERT_OK(uffd_register(&s->uffd, stage_page(s, 0), HALF * page_size(), UFFDIO_REGISTER_MODE_WP, NULL));
	ASSERT_OK(uffd_register(&other->uffd, stage_page(s, HALF), HALF * page_size(), UFFDIO_REGISTER_MODE_WP, NULL));
	ASSERT_OK(pump_open(&s->pump, &s->uffd, false));
	ASSERT_OK(pump_open(&other->pump, &other->uffd, false));
	other->region = s->region;
	s->region.mode = SYNC;
	other->region.mode = SYNC;
}

FIXTURE_TEARDOWN(owners)
{
	stage_close(&self->other);
	stage_close(&self->s);
	agent_free(&self->other.writer);
	stage_clear(&self->s);
}

static int protect_half(struct stage *owner, size_t first)
{
	return uffd_writeprotect(&owner->uffd, stage_page(owner, first), HALF * page_size(), UFFDIO_WRITEPROTECT_MODE_WP);
}

TEST_F(owners, each_hears_of_its_own_half_and_frees_it)
{
	COVERS(LC_VMA, LC_REREGISTER);
	struct stage *s = &self->s, *other = &self->other;

	ASSERT_OK(protect_half(s, 0));
	ASSERT_OK(protect_half(other, HALF));
	START(s, &s->writer, AGENT_STORE, HALF - 1, VALUE);
	ASSERT_EVENT(s, HALF - 1);
	START(other, &other->writer, AGENT_STORE, HALF, VALUE);
	ASSERT_EVENT(other, HALF);
	EXPECT_NO_EVENT(s);
	ASSERT_OK(stage_unprotect(other, HALF, HALF + 1, 0));
	EXPECT_DONE(other, &other->writer);
	EXPECT_BLOCKED(s, &s->writer);
	ASSERT_OK(stage_unprotect(s, 0, HALF, 0));
	EXPECT_DONE(s, &s->writer);
}

/* Memory that another descriptor owns, and memory that nobody owns, as a place to move to. */
FIXTURE(moved_to)
{
	struct stage s;
	struct stage to;
};

FIXTURE_VARIANT(moved_to)
{
	bool owned;
};

FIXTURE_VARIANT_ADD(moved_to, another) { .owned = true };
FIXTURE_VARIANT_ADD(moved_to, nobody) { .owned = false };

FIXTURE_SETUP(moved_to)
{
	struct stage *s = &self->s, *to = &self->to;

	to->uffd.fd = -1;
	ARRANGE(stage_region(s, BASE_PAGES, PAGES, &lack));
	ARRANGE(stage_register(s, SYNC, UFFD_FEATURE_MOVE, &lack));
	ARRANGE(stage_region(to, UNPOPULATED, pmd_pages(), &lack));
	if (variant->owned) {
		ARRANGE(stage_open(to, UFFD_FEATURE_MOVE, &lack));
		ASSERT_OK(register_as(&to->uffd, &to->region, UFFDIO_REGISTER_MODE_MISSING));
	}
	LOOK(s, &s->before);
}

FIXTURE_TEARDOWN(moved_to)
{
	stage_clear(&self->to);
	stage_clear(&self->s);
}

TEST_F(moved_to, is_refused_and_changes_nothing)
{
	COVERS(FI_MOVE, IF_ERRORS);
	struct stage *s = &self->s;
	int64_t moved = 0;

	EXPECT_ERROR(move_once(&self->to, s, PAGE, NEXT, 0, &moved), -EINVAL);
	LOOK(s, &s->after);
	EXPECT_SAME(s, &s->before, &s->after);
	EXPECT_UNTOUCHED(s);
}

/* A file that may not be written to, shared. */
FIXTURE(unwritable)
{
	struct stage s;
	char *map;
};

FIXTURE_SETUP(unwritable)
{
	self->map = map_readonly_file(page_size());
	ASSERT_OK(self->map ? 0 : -errno);
	ARRANGE(stage_open(&self->s, UFFD_FEATURE_PAGEFAULT_FLAG_WP | UFFD_FEATURE_WP_HUGETLBFS_SHMEM, &lack));
}

FIXTURE_TEARDOWN(unwritable)
{
	munmap(self->map, page_size());
	stage_clear(&self->s);
}

TEST_F(unwritable, files_mapping_cant_be_registered)
{
	COVERS(IF_ERRORS);
	struct stage *s = &self->s;

	EXPECT_ERROR(uffd_register(&s->uffd, self->map, page_size(), UFFDIO_REGISTER_MODE_WP, NULL), -EPERM);
	EXPECT_ERROR(uffd_register(&s->uffd, self->map, page_size(), UFFDIO_REGISTER_MODE_MISSING, NULL), -EPERM);
}
