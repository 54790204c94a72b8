// SPDX-License-Identifier: GPL-2.0
/*
 * Protected pages that are moved by mremap, whole and in part, with and without the remap event.
 * Why: a bit that goes along to where nobody is registered is a fault that nobody answers, or a page writable and
 * protected at once; one that is lost where the event was asked for is a write that nobody hears of.
 */
#include "../common/reshape.h"
#include "../common/scarce.h"
#include "case.h"
#include "variants.h"

#define PAGE 5
#define HALF 256
#define VALUE 0xa5

/* Arranges the place to move to, as large as the region; it becomes what is left behind. */
static int make_room(struct stage *left, const struct stage *s)
{
	left->uffd.fd = -1;
	return region_make(&left->region, UNPOPULATED, s->region.pmds);
}

/* Moving leaves what was huge as it was, unless it is cut. */
static uint32_t kept_facts(const struct stage *s, size_t first)
{
	return s->before.page[first] & (PRESENT | ZERO | ANON | FILE_BACKED | (first ? 0 : HUGE));
}

FIXTURE(moved)
{
	struct stage s;
	struct stage left;	/* what stays, its region only */
};

FIXTURE_VARIANT(moved)
{
	enum backing backing;
	size_t first;		/* the pages from here on are moved */
};

#define MOVED(name, back, at) FIXTURE_VARIANT_ADD(moved, name) { .backing = back, .first = at }
#define EACH_MOVE(MOVE)								\
	MOVE(hugezero, HUGE_ZERO, 0);						\
	MOVE(hugezero_half, HUGE_ZERO, HALF);					\
	MOVE(anonthp, ANON_THP, 0);						\
	MOVE(anonthp_half, ANON_THP, HALF);					\
	MOVE(zeroptes, ZERO_PTES, 0);						\
	MOVE(base, BASE_PAGES, 0);						\
	MOVE(unpopulated, UNPOPULATED, 0);					\
	MOVE(unpopulated_half, UNPOPULATED, HALF);				\
	MOVE(shmem, SHMEM, 0);							\
	MOVE(shmemcached, SHMEM_CACHED, 0)

EACH_MOVE(MOVED);

FIXTURE_SETUP(moved)
{
	self->left.uffd.fd = -1;
	CASE_AGENT(AGENT_STORE);
	CASE_STAGE_PAGES(&self->s, SYNC, variant->backing, matrix_pages(variant->backing));
	ASSERT_OK(make_room(&self->left, &self->s));
}

FIXTURE_TEARDOWN(moved)
{
	stage_clear(&self->s);
	stage_clear(&self->left);
}

TEST_F(moved, pages_have_neither_protection_nor_registration)
{
	COVERS(LC_MREMAP, PM_BIT57);
	size_t first = variant->first;
	struct stage *s = &self->s;
	uint32_t kept = kept_facts(s, first);

	ACT_BY(region_move(&s->region, first, &self->left.region));
	s->region.mode = UNREGISTERED;
	LOOK_AT_BOOKS(s, &s->after);
	EXPECT_PAGES(s, &s->after, 0, s->region.pages, kept, WP);
	EXPECT_THAT(!s->after.smaps.registered_wp, DISAGREE, "what was moved not to be registered");

	START(s, &s->writer, AGENT_STORE, PAGE, VALUE);
	ASSERT_DONE(s, &s->writer);
	EXPECT_NO_EVENT(s);
	EXPECT_THAT(*stage_page(s, PAGE) == (char)VALUE, LOST, "the store where the pages are now");
}

FIXTURE(left)
{
	struct stage s;		/* where the first half stays */
	struct stage gone;
};

FIXTURE_VARIANT(left)
{
	enum backing backing;
};

BACKING(left, hugezero, HUGE_ZERO);
BACKING(left, anonthp, ANON_THP);

FIXTURE_SETUP(left)
{
	CASE_AGENT(AGENT_STORE);
	CASE_STAGE(&self->s, SYNC, variant->backing, 1);
	ASSERT_OK(make_room(&self->gone, &self->s));
	ACT_BY(region_move(&self->s.region, HALF, &self->gone.region));
}

FIXTURE_TEARDOWN(left)
{
	stage_clear(&self->s);
	stage_clear(&self->gone);
}

TEST_F(left, pages_that_stay_keep_their_protection)
{
	COVERS(LC_MREMAP, LC_SPLIT);
	struct region there = self->s.region;
	struct stage *s = &self->s;
	uint32_t kept = kept_facts(s, HALF);

	s->region = self->gone.region;
	self->gone.region = there;
	LOOK(s, &s->after);
	EXPECT_PAGES(s, &s->after, 0, HALF, kept | WP, WRITTEN);
	START(s, &s->writer, AGENT_STORE, PAGE, VALUE);
	ASSERT_EVENT(s, PAGE);
	EXPECT_BLOCKED(s, &s->writer);
}

FIXTURE(told)
{
	struct stage s;
	struct stage left;
};

FIXTURE_VARIANT(told)
{
	enum backing backing;
	size_t first;
};

#define TOLD(name, back, at) FIXTURE_VARIANT_ADD(told, name) { .backing = back, .first = at }
EACH_MOVE(TOLD);

FIXTURE_SETUP(told)
{
	struct stage *s = &self->s;

	self->left.uffd.fd = -1;
	CASE_AGENT(AGENT_STORE);
	ARRANGE(stage_region(s, variant->backing, matrix_pages(variant->backing), &lack));
	ARRANGE(stage_register(s, SYNC, UFFD_FEATURE_EVENT_REMAP, &lack));
	ASSERT_OK(stage_protect(s, 0, s->region.pages));
	LOOK(s, &s->before);
	ASSERT_OK(make_room(&self->left, s));
}

FIXTURE_TEARDOWN(told)
{
	stage_clear(&self->s);
	stage_clear(&self->left);
}

/* mremap waits until its event is read: a thread takes it. */
static int move_and_hear(struct stage *s, size_t first, struct region *to)
{
	int err = pump_start(&s->pump, PUMP_RECORD), heard;

	if (err)
		return err;
	err = region_move(&s->region, first, to);
	heard = pump_stop(&s->pump);
	return err ? err : heard;
}

static bool heard_of(const struct place *at, struct stage *s, size_t first, const struct region *left)
{
	const struct uffd_msg *msg = &s->pump.msg[0];

	if (s->pump.count == 1 && msg->event == UFFD_EVENT_REMAP &&
	    msg->arg.remap.from == (uintptr_t)region_page(left, first) &&
	    msg->arg.remap.to == (uintptr_t)s->region.start &&
	    msg->arg.remap.len == s->region.pages * page_size())
		return true;
	return check_charge(at, REQUIREMENT_NONE, INTERFACE,
			    "one REMAP event with the old place, the new one, and the length; %zu came, the first is 0x%02x",
			    s->pump.count, msg->event);
}

TEST_F(told, protection_moves_along)
{
	COVERS(LC_MREMAP);
	size_t first = variant->first;
	struct stage *s = &self->s;
	uint32_t kept = kept_facts(s, first);

	ACT_BY(move_and_hear(s, first, &self->left.region));
	OR_LEAVE(heard_of(HERE, s, first, &self->left.region));
	LOOK(s, &s->after);
	EXPECT_PAGES(s, &s->after, 0, s->region.pages, kept | WP, WRITTEN);

	START(s, &s->writer, AGENT_STORE, PAGE, VALUE);
	ASSERT_EVENT(s, PAGE);
	EXPECT_BLOCKED(s, &s->writer);
	ASSERT_OK(stage_unprotect(s, PAGE, PAGE + 1, 0));
	ASSERT_DONE(s, &s->writer);
	EXPECT_NO_EVENT(s);
}

/* The move fails for want of a page table: nothing has changed, and nobody is told of anything. */
FIXTURE(failed)
{
	struct stage s;
	struct stage left;
};

FIXTURE_SETUP(failed)
{
	struct stage *s = &self->s;

	self->left.uffd.fd = -1;
	CASE_AGENT(AGENT_STORE);
	ARRANGE(scarce_available(SCARCE_PAGES, lack.why, sizeof(lack.why)));
	ARRANGE(stage_region(s, BASE_PAGES, 16, &lack));
	ARRANGE(stage_register(s, SYNC, UFFD_FEATURE_EVENT_REMAP, &lack));
	ASSERT_OK(stage_protect(s, 0, s->region.pages));
	LOOK(s, &s->before);
	ASSERT_OK(make_room(&self->left, s));
}

FIXTURE_TEARDOWN(failed)
{
	stage_clear(&self->s);
	stage_clear(&self->left);
}

static int move_without_memory(struct stage *s, struct region *to, struct lack *lack)
{
	int err = scarce_begin(SCARCE_PAGES, lack->why, sizeof(lack->why)), moved;

	if (err)
		return err;
	moved = region_move(&s->region, 0, to);
	err = scarce_end(SCARCE_PAGES);
	return err ? err : moved;
}

TEST_F(failed, move_leaves_protection_and_descriptor_as_they_were)
{
	COVERS(LC_MREMAP, IF_ERRORS);
	struct lack lack = { 0 };
	struct stage *s = &self->s;

	ASSERT_OK(pump_start(&s->pump, PUMP_RECORD));
	EXPECT_ERROR(move_without_memory(s, &self->left.region, &lack), -ENOMEM);
	ASSERT_OK(pump_stop(&s->pump));
	EXPECT_THAT(!s->pump.count, EXTRA, "no event; %zu came", s->pump.count);
	LOOK(s, &s->after);
	EXPECT_SAME(s, &s->before, &s->after);
	EXPECT_OK(stage_protect(s, 0, s->region.pages));
	START(s, &s->writer, AGENT_STORE, PAGE, VALUE);
	ASSERT_EVENT(s, PAGE);
	EXPECT_BLOCKED(s, &s->writer);
}
