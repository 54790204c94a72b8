// SPDX-License-Identifier: GPL-2.0
/*
 * What a fork child gets of the protection, and what it leaves of the parent's.
 * Why: a child that keeps a bit nobody answers for sleeps for ever; a parent that loses one writes unseen.
 */
#include <sys/mman.h>

#include "../common/reshape.h"
#include "heir_checks.h"
#include "variants.h"

#define PAGE 5
#define VALUE 0xa5

FIXTURE(fork_plain)
{
	struct stage s;
};

FIXTURE_VARIANT(fork_plain)
{
	enum backing backing;
	bool hole;		/* a page is missing among the others */
};

BACKING(fork_plain, hugezero, HUGE_ZERO);
BACKING(fork_plain, zeroptes, ZERO_PTES);
BACKING(fork_plain, anonthp, ANON_THP);
BACKING(fork_plain, base, BASE_PAGES);
BACKING(fork_plain, unpopulated, UNPOPULATED);
/* Here fork does copy the page table. */
FIXTURE_VARIANT_ADD(fork_plain, hole) { .backing = BASE_PAGES, .hole = true };
BACKING(fork_plain, shmem, SHMEM);
BACKING(fork_plain, shmemcached, SHMEM_CACHED);

FIXTURE_SETUP(fork_plain)
{
	struct stage *s = &self->s;

	CASE_AGENT(AGENT_FORK_CHILD);
	CASE_REGISTERED_PAGES(s, SYNC, variant->backing, matrix_pages(variant->backing));
	if (variant->hole && !(s->uffd.features & UFFD_FEATURE_WP_UNPOPULATED))
		SKIP(return, "this kernel does not offer UFFD_FEATURE_WP_UNPOPULATED");
	if (variant->hole)
		ASSERT_OK(region_advise(&s->region, PAGE, PAGE + 1, MADV_DONTNEED));
	ASSERT_OK(stage_protect(s, 0, s->region.pages));
	LOOK(s, &s->before);
}

FIXTURE_TEARDOWN(fork_plain)
{
	stage_clear(&self->s);
}

TEST_F(fork_plain, parent_keeps_its_protection_and_the_child_has_none)
{
	COVERS(LC_FORK);
	struct stage *s = &self->s;
	ssize_t inherited = heir_protected_at_birth(&s->region);

	EXPECT_THAT(!inherited, EXTRA, "no page of the child protected; it is %zd", inherited);
	ACT(s, AGENT_FORK_CHILD, PAGE, VALUE);
	EXPECT_NO_EVENT(s);
	LOOK(s, &s->after);
	EXPECT_SAME(s, &s->before, &s->after);

	START(s, &s->writer, AGENT_STORE, PAGE, VALUE);
	ASSERT_EVENT(s, PAGE);
	EXPECT_BLOCKED(s, &s->writer);
}

FIXTURE(fork_event)
{
	struct stage s;
	struct stage heir;	/* the child's descriptor; its pages are the child's */
};

FIXTURE_VARIANT(fork_event)
{
	enum backing backing;
};

BACKING(fork_event, hugezero, HUGE_ZERO);
BACKING(fork_event, zeroptes, ZERO_PTES);
BACKING(fork_event, anonthp, ANON_THP);
BACKING(fork_event, base, BASE_PAGES);
BACKING(fork_event, unpopulated, UNPOPULATED);
BACKING(fork_event, shmem, SHMEM);
BACKING(fork_event, shmemcached, SHMEM_CACHED);

FIXTURE_SETUP(fork_event)
{
	CASE_AGENT(AGENT_FORK_CHILD);
	self->heir.uffd.fd = -1;
	ARRANGE(stage_region(&self->s, variant->backing, matrix_pages(variant->backing), &lack));
	ARRANGE(stage_register(&self->s, SYNC, UFFD_FEATURE_EVENT_FORK, &lack));
	ASSERT_OK(stage_protect(&self->s, 0, self->s.region.pages));
	LOOK(&self->s, &self->s.before);
}

FIXTURE_TEARDOWN(fork_event)
{
	stage_close(&self->heir);
	stage_clear(&self->s);
}

TEST_F(fork_event, heir_descriptor_guards_the_same_pages)
{
	COVERS(LC_FORK);
	struct stage *s = &self->s;
	ssize_t inherited;

	START(s, &s->writer, AGENT_FORK_CHILD, PAGE, VALUE);
	OR_LEAVE(inherit(HERE, s, &self->heir));
	ASSERT_EVENT(&self->heir, PAGE);
	EXPECT_BLOCKED(s, &s->writer);
	inherited = heir_protected(s->writer.tid, &s->region);
	EXPECT_THAT(inherited == (ssize_t)s->region.pages, LOST, "all pages of the child protected; %zd are", inherited);

	ASSERT_OK(stage_unprotect(&self->heir, PAGE, PAGE + 1, 0));
	ASSERT_DONE(s, &s->writer);
	EXPECT_NO_EVENT(s);
	LOOK(s, &s->after);
	EXPECT_SAME(s, &s->before, &s->after);
}

/* Tracked without events: the child's new descriptor tracks on in the same way. */
FIXTURE(fork_async)
{
	struct stage s;
	struct stage heir;
};

FIXTURE_VARIANT(fork_async)
{
	enum backing backing;
};

BACKING(fork_async, hugezero, HUGE_ZERO);
BACKING(fork_async, base, BASE_PAGES);
BACKING(fork_async, unpopulated, UNPOPULATED);

FIXTURE_SETUP(fork_async)
{
	struct stage *s = &self->s;

	CASE_AGENT(AGENT_FORK_CHILD);
	self->heir.uffd.fd = -1;
	ARRANGE(stage_region(s, variant->backing, matrix_pages(variant->backing), &lack));
	ARRANGE(stage_register(s, ASYNC, UFFD_FEATURE_EVENT_FORK, &lack));
	ASSERT_OK(stage_protect(s, 0, s->region.pages));
	LOOK(s, &s->before);
}

FIXTURE_TEARDOWN(fork_async)
{
	stage_close(&self->heir);
	stage_clear(&self->s);
}

TEST_F(fork_async, child_writes_without_waiting_and_the_parent_stays_protected)
{
	COVERS(LC_FORK, AS_NO_EVENT);
	struct stage *s = &self->s;

	START(s, &s->writer, AGENT_FORK_CHILD, PAGE, VALUE);
	OR_LEAVE(inherit(HERE, s, &self->heir));
	if (!EXPECT_DONE(s, &s->writer))
		CHARGE_TO(LC_FORK, HANG, "the child's descriptor to be as the parent's: its writer sleeps in a userfault");
	EXPECT_NO_EVENT(&self->heir);
	EXPECT_NO_EVENT(s);
	LOOK(s, &s->after);
	EXPECT_SAME(s, &s->before, &s->after);
}
