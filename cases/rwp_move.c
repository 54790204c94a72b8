// SPDX-License-Identifier: GPL-2.0
/*
 * UFFDIO_MOVE into memory that is registered for read-write protection.
 * Why: whoever moves pages to where cold ones are kept counts on the first access to be told of.
 */
#include "case.h"
#include "moving.h"
#include "rwp_checks.h"

#define PAGE 5
#define FEW 16

FIXTURE(rwp_move)
{
	struct stage s;		/* where the pages go */
	struct stage from;
};

FIXTURE_SETUP(rwp_move)
{
	struct stage *s = &self->s;

	CASE_AGENT(AGENT_LOAD);
	self->from.uffd.fd = -1;
	ARRANGE(stage_region(&self->from, BASE_PAGES, FEW, &lack));
	ARRANGE(stage_region(s, UNPOPULATED, pmd_pages(), &lack));
	ARRANGE(rwp_register(s, SYNC, UFFD_FEATURE_MOVE, &lack));
}

FIXTURE_TEARDOWN(rwp_move)
{
	stage_clear(&self->s);
	stage_clear(&self->from);
}

/* De facto: the kernel's own comment says so. */
TEST_F(rwp_move, pages_arrive_protected_and_an_access_is_caught)
{
	COVERS(RW_PERSISTS, FI_MOVE);
	struct stage *s = &self->s;

	ACT_BY(uffd_move(&s->uffd, s->region.start, self->from.region.start, FEW * page_size(), 0, NULL));
	LOOK(s, &s->after);
	EXPECT_PAGES(s, &s->after, 0, FEW, PRESENT | ANON | WP, 0);
	START(s, &s->writer, AGENT_LOAD, PAGE, 0);
	OR_LEAVE(EXPECT_BLOCKED(s, &s->writer));
	ASSERT_ACCESS_EVENT(s, PAGE, AGENT_LOAD);
	ASSERT_OK(rwp_release(s, PAGE, PAGE + 1, 0));
	EXPECT_DONE(s, &s->writer);
	EXPECT_THAT(s->writer.value == region_pattern(&self->from.region, PAGE), LOST, "the page's own content; 0x%02x was read",
		    s->writer.value);
}
