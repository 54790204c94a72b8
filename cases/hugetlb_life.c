// SPDX-License-Identifier: GPL-2.0
/*
 * What becomes of protected hugetlb pages when their process forks, drops them, moves them, has them pinned, or gives
 * protection up.
 * Why: each of these copies or drops the entry by code of hugetlb's own, which has lost the bit more than once.
 */
#include <sys/mman.h>

#include "../common/pin.h"
#include "../common/reshape.h"
#include "hugetlb_checks.h"
#include "heir_checks.h"
#include "leave.h"
#include "variants.h"

#define VALUE 0xa5
#define INSIDE 5

/* Three of the kinds an entry can be: a page, a hole among pages, and a marker where it was protected. */
FIXTURE(hugetlb_life)
{
	struct stage s;
	struct stage left;
};

FIXTURE_VARIANT(hugetlb_life)
{
	enum backing backing;
};

BACKING(hugetlb_life, private, HUGETLB);
BACKING(hugetlb_life, shared, HUGETLB_SHARED);

FIXTURE_SETUP(hugetlb_life)
{
	struct stage *s = &self->s;

	self->left.uffd.fd = -1;
	CASE_AGENT(AGENT_FORK_CHILD);
	ARRANGE(stage_region(s, variant->backing, 3 * hugetlb_unit(), &lack));
	ASSERT_OK(region_advise(&s->region, PAGE_OF(s, 2), PAGE_OF(s, 3), MADV_DONTNEED));
	ARRANGE(stage_register(s, SYNC, 0, &lack));
	ASSERT_OK(hugetlb_protect(s, 0, 3));
	LOOK(s, &s->before);
	EXPECT_HUGE(s, &s->before, 0, 3, WP, WRITTEN);
}

FIXTURE_TEARDOWN(hugetlb_life)
{
	stage_clear(&self->s);
	stage_clear(&self->left);
}

TEST_F(hugetlb_life, fork_child_has_no_protection_and_the_parent_keeps_it)
{
	COVERS(LC_FORK);
	struct stage *s = &self->s;
	ssize_t inherited = heir_protected_at_birth(&s->region);

	OR_LEAVE(EXPECT_THAT(!inherited, EXTRA, "no page of the child protected; %zd are", inherited));
	ACT(s, AGENT_FORK_CHILD, INSIDE, VALUE);
	EXPECT_NO_EVENT(s);
	LOOK(s, &s->after);
	EXPECT_SAME(s, &s->before, &s->after);
	OR_LEAVE(EXPECT_CAUGHT(s, 1));
}

/* For files tracking outlives a zap: userfaultfd.rst, of async mode; hugetlb is a file, private or not. */
TEST_F(hugetlb_life, dropped_page_stays_protected)
{
	COVERS(LC_ZAP, WP_PERSISTS);
	struct stage *s = &self->s;

	ACT_BY(region_advise(&s->region, PAGE_OF(s, 1), PAGE_OF(s, 3), MADV_DONTNEED));
	LOOK(s, &s->after);
	EXPECT_SAME_IN(s, &s->before, &s->after, 0, PAGE_OF(s, 1));
	EXPECT_HUGE(s, &s->after, 1, 3, WP, PRESENT | WRITTEN);
	OR_LEAVE(EXPECT_CAUGHT(s, 1));
}

TEST_F(hugetlb_life, unprotected_page_that_is_dropped_is_not_protected)
{
	COVERS(LC_ZAP);
	struct stage *s = &self->s;

	ASSERT_OK(hugetlb_unprotect(s, 1, 2));
	ACT_BY(region_advise(&s->region, PAGE_OF(s, 1), PAGE_OF(s, 2), MADV_DONTNEED));
	LOOK(s, &s->after);
	EXPECT_HUGE(s, &s->after, 1, 2, 0, PRESENT | WP);
	ACT(s, AGENT_STORE, PAGE_OF(s, 1), VALUE);
	EXPECT_NO_EVENT(s);
}

TEST_F(hugetlb_life, moved_pages_have_neither_protection_nor_registration)
{
	COVERS(LC_MREMAP, PM_BIT57);
	struct stage *s = &self->s;

	ARRANGE(stage_region(&self->left, HUGETLB_HOLES, s->region.pages, &lack));
	ACT_BY(region_move(&s->region, 0, &self->left.region));
	s->region.mode = UNREGISTERED;
	LOOK_AT_BOOKS(s, &s->after);
	EXPECT_HUGE(s, &s->after, 0, 2, PRESENT | HUGE, WP);
	EXPECT_HUGE(s, &s->after, 2, 3, 0, WP);
	EXPECT_THAT(!s->after.smaps.registered_wp, DISAGREE, "what was moved not to be registered");
	ACT(s, AGENT_STORE, INSIDE, VALUE);
	ACT(s, AGENT_STORE, PAGE_OF(s, 2), VALUE);
	EXPECT_NO_EVENT(s);
}

FIXTURE(hugetlb_leaving)
{
	struct stage s;
};

FIXTURE_VARIANT(hugetlb_leaving)
{
	enum backing backing;
	int (*leave)(struct stage *s);
};

#define LEAVING(name, back, how) FIXTURE_VARIANT_ADD(hugetlb_leaving, name) { .backing = back, .leave = how }

LEAVING(private_closed, HUGETLB, by_closing);
LEAVING(private_unregistered, HUGETLB, by_unregistering);
LEAVING(holes_closed, HUGETLB_HOLES, by_closing);
LEAVING(holes_unregistered, HUGETLB_HOLES, by_unregistering);

FIXTURE_SETUP(hugetlb_leaving)
{
	CASE_AGENT(AGENT_STORE);
	CASE_HUGETLB(&self->s, SYNC, variant->backing, 2);
	OR_LEAVE(EXPECT_CAUGHT(&self->s, 1));
}

FIXTURE_TEARDOWN(hugetlb_leaving)
{
	stage_clear(&self->s);
}

TEST_F(hugetlb_leaving, writer_goes_on_and_no_protection_stays)
{
	COVERS(EV_CLOSE, LC_UNREGISTER);
	struct stage *s = &self->s;

	ACT_BY(variant->leave(s));
	ASSERT_DONE(s, &s->writer);
	LOOK(s, &s->after);
	EXPECT_HUGE(s, &s->after, 0, 2, 0, WP);

	stage_close(s);
	ARRANGE(stage_register(s, SYNC, 0, &lack));
	LOOK(s, &s->after);
	EXPECT_HUGE(s, &s->after, 0, 2, 0, WP);
	EXPECT_WRITTEN_ONLY(s, AGENT_STORE, PAGE_OF(s, 1) + INSIDE, VALUE);
}

FIXTURE(hugetlb_punched)
{
	struct stage s;
};

FIXTURE_SETUP(hugetlb_punched)
{
	CASE_HUGETLB(&self->s, ASYNC, HUGETLB_SHARED, 3);
}

FIXTURE_TEARDOWN(hugetlb_punched)
{
	stage_clear(&self->s);
}

/* Its content is another now. userfaultfd.rst: "treated as dirtying of memory by dropping the uffd bit". */
TEST_F(hugetlb_punched, page_counts_as_written)
{
	COVERS(LC_ZAP);
	struct stage *s = &self->s;

	ACT_BY(region_advise(&s->region, PAGE_OF(s, 1), PAGE_OF(s, 2), MADV_REMOVE));
	LOOK(s, &s->after);
	EXPECT_SAME_IN(s, &s->before, &s->after, 0, PAGE_OF(s, 1));
	EXPECT_HUGE(s, &s->after, 1, 2, 0, PRESENT | WP);
	EXPECT_SAME_IN(s, &s->before, &s->after, PAGE_OF(s, 2), PAGE_OF(s, 3));
}

/* With a child that has the same pages, so that a write or a pin copies them. */
FIXTURE(hugetlb_copied)
{
	struct stage s;
	pid_t child;
	struct pin pin;
};

FIXTURE_VARIANT(hugetlb_copied)
{
	enum region_mode mode;
};

FIXTURE_VARIANT_ADD(hugetlb_copied, sync) { .mode = SYNC };
FIXTURE_VARIANT_ADD(hugetlb_copied, async) { .mode = ASYNC };

FIXTURE_SETUP(hugetlb_copied)
{
	CASE_AGENT(AGENT_STORE);
	CASE_HUGETLB(&self->s, variant->mode, HUGETLB, 2);
	self->child = heir_bear_unseen();
	ASSERT_OK(self->child);
}

FIXTURE_TEARDOWN(hugetlb_copied)
{
	stage_clear(&self->s);
	pin_release(&self->pin);
	heir_bury(self->child);
}

TEST_F(hugetlb_copied, readonly_pin_keeps_protection)
{
	COVERS(WP_PERSISTS, WP_NEVER_WRITABLE);
	struct stage *s = &self->s;
	struct lack none = { 0 };

	if (pin_available(none.why, sizeof(none.why)) == PIN_MISSING)
		SKIP(return, "%s", none.why);
	ACT_BY(pin_ro_longterm(s->region.start, s->region.pages * page_size(), &self->pin));
	EXPECT_NO_EVENT(s);
	LOOK(s, &s->after);
	EXPECT_HUGE(s, &s->after, 0, 2, PRESENT | HUGE | ANON | WP, WRITTEN);
	EXPECT_UNTOUCHED(s);
}

TEST_F(hugetlb_copied, write_is_told_and_its_huge_page_only)
{
	COVERS(WP_NO_LOST_WRITE, AS_PRECISE, EV_ONE);
	struct stage *s = &self->s;
	size_t page = PAGE_OF(s, 1) + INSIDE;

	if (variant->mode == SYNC) {
		OR_LEAVE(EXPECT_CAUGHT(s, 1));
		ASSERT_OK(hugetlb_unprotect(s, 1, 2));
		ASSERT_DONE(s, &s->writer);
	} else {
		ACT(s, AGENT_STORE, page, VALUE);
	}
	EXPECT_NO_EVENT(s);
	LOOK(s, &s->after);
	EXPECT_HUGE(s, &s->after, 0, 1, PRESENT | WP, WRITTEN);
	EXPECT_HUGE(s, &s->after, 1, 2, PRESENT | HUGE | ANON | WRITTEN, WP);
	EXPECT_WRITTEN_ONLY(s, AGENT_STORE, page, VALUE);
}

/* The child's descriptor comes with an event. */
FIXTURE(hugetlb_heir)
{
	struct stage s;
	struct stage heir;
	struct pin pin;
};

FIXTURE_VARIANT(hugetlb_heir)
{
	enum backing backing;
	bool pinned;		/* copied at once, not shared */
};

FIXTURE_VARIANT_ADD(hugetlb_heir, private) { .backing = HUGETLB };
FIXTURE_VARIANT_ADD(hugetlb_heir, pinned) { .backing = HUGETLB, .pinned = true };
FIXTURE_VARIANT_ADD(hugetlb_heir, holes) { .backing = HUGETLB_HOLES };

FIXTURE_SETUP(hugetlb_heir)
{
	struct stage *s = &self->s;
	struct lack none = { 0 };

	self->heir.uffd.fd = -1;
	CASE_AGENT(AGENT_FORK_CHILD);
	if (variant->pinned && pin_available(none.why, sizeof(none.why)) == PIN_MISSING)
		SKIP(return, "%s", none.why);
	CASE_HUGETLB_BARE(s, SYNC, variant->backing, 2, UFFD_FEATURE_EVENT_FORK);
	ASSERT_OK(hugetlb_protect(s, 0, 2));
	LOOK(s, &s->before);
	if (variant->pinned)
		ASSERT_OK(pin_ro_longterm(s->region.start, s->region.pages * page_size(), &self->pin));
}

FIXTURE_TEARDOWN(hugetlb_heir)
{
	stage_close(&self->heir);
	stage_clear(&self->s);
	pin_release(&self->pin);
}

TEST_F(hugetlb_heir, guards_the_same_pages)
{
	COVERS(LC_FORK);
	struct stage *s = &self->s;
	size_t page = PAGE_OF(s, 1);
	ssize_t inherited;

	START(s, &s->writer, AGENT_FORK_CHILD, page, VALUE);
	OR_LEAVE(inherit(HERE, s, &self->heir));
	ASSERT_EVENT(&self->heir, page);
	EXPECT_BLOCKED(s, &s->writer);
	inherited = heir_protected(s->writer.tid, &s->region);
	EXPECT_THAT(inherited == (ssize_t)s->region.pages, LOST, "all pages of the child protected; %zd are", inherited);

	ASSERT_OK(hugetlb_unprotect(&self->heir, 1, 2));
	ASSERT_DONE(s, &s->writer);
	EXPECT_NO_EVENT(s);
	LOOK(s, &s->after);
	EXPECT_SAME(s, &s->before, &s->after);
}
