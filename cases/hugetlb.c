// SPDX-License-Identifier: GPL-2.0
/*
 * Protection of hugetlb pages, and the writes that meet it.
 * Why: guest memory lives in them. Each path of the kernel that knows of protection is there a second time, for hugetlb
 * alone, and has had bugs of its own.
 */
#include <sys/mman.h>

#include "../common/reshape.h"
#include "hugetlb_checks.h"
#include "variants.h"

#define VALUE 0xa5
/* Somewhere inside a huge page. */
#define INSIDE 5

FIXTURE(hugetlb_sync)
{
	struct stage s;
};

FIXTURE_VARIANT(hugetlb_sync)
{
	enum backing backing;
	enum agent_kind writer;
};

BACKING_AND_WRITER(hugetlb_sync, private_store, HUGETLB, AGENT_STORE);
BACKING_AND_WRITER(hugetlb_sync, private_read, HUGETLB, AGENT_READ);
BACKING_AND_WRITER(hugetlb_sync, private_vm_writev, HUGETLB, AGENT_VM_WRITEV);
BACKING_AND_WRITER(hugetlb_sync, shared_store, HUGETLB_SHARED, AGENT_STORE);

FIXTURE_SETUP(hugetlb_sync)
{
	CASE_AGENT(variant->writer);
	CASE_HUGETLB(&self->s, SYNC, variant->backing, 2);
}

FIXTURE_TEARDOWN(hugetlb_sync)
{
	stage_clear(&self->s);
}

TEST_F(hugetlb_sync, write_waits_and_goes_through_once_its_huge_page_is_unprotected)
{
	COVERS(EV_ONE, EV_CONTENT_HELD, WP_NEVER_WRITABLE, WP_KERNEL_WRITERS);
	struct stage *s = &self->s;
	size_t page = PAGE_OF(s, 1) + INSIDE;

	START(s, &s->writer, variant->writer, page, VALUE);
	OR_LEAVE(EXPECT_BLOCKED(s, &s->writer));
	ASSERT_EVENT(s, PAGE_OF(s, 1));
	EXPECT_NO_EVENT(s);
	LOOK(s, &s->after);
	EXPECT_SAME(s, &s->before, &s->after);
	EXPECT_UNTOUCHED(s);

	ASSERT_OK(hugetlb_unprotect(s, 1, 2));
	ASSERT_DONE(s, &s->writer);
	EXPECT_NO_EVENT(s);
	LOOK(s, &s->after);
	EXPECT_SAME_IN(s, &s->before, &s->after, 0, PAGE_OF(s, 1));
	EXPECT_HUGE(s, &s->after, 1, 2, PRESENT | HUGE | WRITTEN, WP);
	EXPECT_WRITTEN_ONLY(s, variant->writer, page, VALUE);
}

FIXTURE(hugetlb_event)
{
	struct stage s;
};

FIXTURE_VARIANT(hugetlb_event)
{
	uint64_t feature;
};

FIXTURE_VARIANT_ADD(hugetlb_event, masked) { .feature = 0 };
FIXTURE_VARIANT_ADD(hugetlb_event, exact) { .feature = UFFD_FEATURE_EXACT_ADDRESS };

FIXTURE_SETUP(hugetlb_event)
{
	CASE_AGENT(AGENT_STORE);
	CASE_HUGETLB_BARE(&self->s, SYNC, HUGETLB, 2, variant->feature);
	ASSERT_OK(hugetlb_protect(&self->s, 0, 2));
}

FIXTURE_TEARDOWN(hugetlb_event)
{
	stage_clear(&self->s);
}

/* Without the feature all of the offset within the page is masked, and the page is huge. */
TEST_F(hugetlb_event, has_the_address_as_exactly_as_was_asked_for)
{
	COVERS(EV_ADDRESS, EV_ONE);
	struct stage *s = &self->s;
	size_t last = PAGE_OF(s, 2) - 1, at = page_size() - 1;

	START_AT(s, &s->writer, AGENT_STORE, last, at, VALUE);
	OR_LEAVE(EXPECT_BLOCKED(s, &s->writer));
	OR_LEAVE(variant->feature ? EXPECT_EVENT_AT(s, last, at) : EXPECT_EVENT(s, PAGE_OF(s, 1)));
	EXPECT_NO_EVENT(s);
	ASSERT_OK(hugetlb_unprotect(s, 1, 2));
	ASSERT_DONE(s, &s->writer);
}

FIXTURE(hugetlb_async)
{
	struct stage s;
};

FIXTURE_VARIANT(hugetlb_async)
{
	enum backing backing;
	enum agent_kind writer;
};

BACKING_AND_WRITER(hugetlb_async, private_store, HUGETLB, AGENT_STORE);
BACKING_AND_WRITER(hugetlb_async, private_read, HUGETLB, AGENT_READ);
BACKING_AND_WRITER(hugetlb_async, private_vm_writev, HUGETLB, AGENT_VM_WRITEV);
BACKING_AND_WRITER(hugetlb_async, shared_store, HUGETLB_SHARED, AGENT_STORE);
BACKING_AND_WRITER(hugetlb_async, shared_read, HUGETLB_SHARED, AGENT_READ);
BACKING_AND_WRITER(hugetlb_async, holes_store, HUGETLB_HOLES, AGENT_STORE);
BACKING_AND_WRITER(hugetlb_async, holes_read, HUGETLB_HOLES, AGENT_READ);

FIXTURE_SETUP(hugetlb_async)
{
	CASE_AGENT(variant->writer);
	CASE_HUGETLB(&self->s, ASYNC, variant->backing, 2);
}

FIXTURE_TEARDOWN(hugetlb_async)
{
	stage_clear(&self->s);
}

TEST_F(hugetlb_async, write_is_reported_with_its_huge_page_and_no_other)
{
	COVERS(WP_NO_LOST_WRITE, AS_NO_EVENT, AS_RESOLVES, AS_PRECISE);
	struct stage *s = &self->s;
	size_t page = PAGE_OF(s, 1) + INSIDE;

	ACT(s, variant->writer, page, VALUE);
	EXPECT_NO_EVENT(s);
	LOOK(s, &s->after);
	EXPECT_SAME_IN(s, &s->before, &s->after, 0, PAGE_OF(s, 1));
	EXPECT_HUGE(s, &s->after, 1, 2, PRESENT | HUGE | WRITTEN, WP);
	EXPECT_WRITTEN_ONLY(s, variant->writer, page, VALUE);
}

TEST_F(hugetlb_async, each_write_after_rearming_is_reported)
{
	COVERS(WP_NO_LOST_WRITE, SC_WP_MATCHING);
	struct stage *s = &self->s;

	ACT(s, variant->writer, INSIDE, VALUE);
	ASSERT_OK(view_read_and_arm(&s->before, &s->region));
	EXPECT_HUGE(s, &s->before, 0, 1, WRITTEN, 0);
	EXPECT_HUGE(s, &s->before, 1, 2, 0, WRITTEN);
	LOOK(s, &s->before);
	EXPECT_HUGE(s, &s->before, 0, 2, WP, WRITTEN);
	ACT(s, variant->writer, INSIDE + 1, VALUE);
	LOOK(s, &s->after);
	EXPECT_HUGE(s, &s->after, 0, 1, PRESENT | HUGE | WRITTEN, WP);
	EXPECT_SAME_IN(s, &s->before, &s->after, PAGE_OF(s, 1), PAGE_OF(s, 2));
}

FIXTURE(hugetlb_range)
{
	struct stage s;
};

FIXTURE_VARIANT(hugetlb_range)
{
	enum backing backing;
};

BACKING(hugetlb_range, private, HUGETLB);
BACKING(hugetlb_range, shared, HUGETLB_SHARED);
BACKING(hugetlb_range, holes, HUGETLB_HOLES);

FIXTURE_SETUP(hugetlb_range)
{
	CASE_AGENT(AGENT_STORE);
	CASE_HUGETLB_BARE(&self->s, SYNC, variant->backing, 4, 0);
}

FIXTURE_TEARDOWN(hugetlb_range)
{
	stage_clear(&self->s);
}

TEST_F(hugetlb_range, each_call_changes_exactly_its_huge_pages)
{
	COVERS(WP_RANGE_EXACT, WP_IDEMPOTENT);
	struct stage *s = &self->s;

	ACT_BY(hugetlb_protect(s, 1, 3));
	LOOK(s, &s->after);
	EXPECT_SAME_IN(s, &s->before, &s->after, 0, PAGE_OF(s, 1));
	EXPECT_HUGE(s, &s->after, 1, 3, WP, WRITTEN);
	EXPECT_SAME_IN(s, &s->before, &s->after, PAGE_OF(s, 3), PAGE_OF(s, 4));

	ACT_BY(hugetlb_protect(s, 1, 2));
	ACT_BY(hugetlb_unprotect(s, 2, 4));
	LOOK(s, &s->after);
	EXPECT_SAME_IN(s, &s->before, &s->after, 0, PAGE_OF(s, 1));
	EXPECT_HUGE(s, &s->after, 1, 2, WP, WRITTEN);
	EXPECT_HUGE(s, &s->after, 2, 4, 0, WP);
	EXPECT_UNTOUCHED(s);

	ACT(s, AGENT_STORE, PAGE_OF(s, 2) - 1 + s->region.unit, VALUE);
	EXPECT_NO_EVENT(s);
	OR_LEAVE(EXPECT_CAUGHT(s, 1));
}

TEST_F(hugetlb_range, part_of_a_huge_page_is_refused_and_nothing_changes)
{
	COVERS(IF_ERRORS);
	struct stage *s = &self->s;

	EXPECT_ERROR(stage_protect(s, 0, 1), -EINVAL);
	EXPECT_ERROR(stage_protect(s, 1, PAGE_OF(s, 2)), -EINVAL);
	LOOK(s, &s->after);
	EXPECT_SAME(s, &s->before, &s->after);
}

FIXTURE(hugetlb_read)
{
	struct stage s;
};

FIXTURE_VARIANT(hugetlb_read)
{
	enum backing backing;
};

BACKING(hugetlb_read, private, HUGETLB);
BACKING(hugetlb_read, holes, HUGETLB_HOLES);

FIXTURE_SETUP(hugetlb_read)
{
	CASE_AGENT(AGENT_STORE);
	CASE_HUGETLB(&self->s, SYNC, variant->backing, 2);
}

FIXTURE_TEARDOWN(hugetlb_read)
{
	stage_clear(&self->s);
}

TEST_F(hugetlb_read, reads_keep_protection)
{
	COVERS(WP_READ_KEEPS, WP_POPULATE_KEEPS);
	struct stage *s = &self->s;

	ACT(s, AGENT_LOAD, INSIDE, 0);
	ACT(s, AGENT_VM_READV, PAGE_OF(s, 1) + INSIDE, 0);
	EXPECT_NO_EVENT(s);
	LOOK(s, &s->after);
	EXPECT_HUGE(s, &s->after, 0, 2, PRESENT | HUGE | WP, WRITTEN);
	EXPECT_UNTOUCHED(s);
	OR_LEAVE(EXPECT_CAUGHT(s, 1));
}

TEST_F(hugetlb_read, mprotect_keeps_protection)
{
	COVERS(LC_MPROTECT, WP_NEVER_WRITABLE);
	struct stage *s = &self->s;

	ACT_BY(region_lock_and_unlock(&s->region, 0, s->region.pages));
	LOOK(s, &s->after);
	EXPECT_SAME(s, &s->before, &s->after);
	OR_LEAVE(EXPECT_CAUGHT(s, 1));
}
