// SPDX-License-Identifier: GPL-2.0
/*
 * A second MMU over a protected huge-zero PMD: a device that has its own page tables, as GPUs and virtual machines have.
 * Why: it goes on with the old page, or with an old right to write, until a notifier tells it. A notification left out is a
 * guest that reads zeros for ever, or a write that nobody hears of.
 */
#include "../common/hmm.h"
#include "case.h"

#define PAGE 5
#define OTHER 300
#define VALUE 0xa5

/* One page, on every architecture. */
static char content[1 << 16];

FIXTURE(mirror)
{
	struct stage s;
	int device;
};

FIXTURE_VARIANT(mirror)
{
	enum region_mode mode;
};

FIXTURE_VARIANT_ADD(mirror, sync) { .mode = SYNC };
FIXTURE_VARIANT_ADD(mirror, async) { .mode = ASYNC };

FIXTURE_SETUP(mirror)
{
	ARRANGE(hmm_available(lack.why, sizeof(lack.why)));
	CASE_STAGE(&self->s, variant->mode, HUGE_ZERO, 2);
	self->device = hmm_open();
	ASSERT_OK(self->device);
}

FIXTURE_TEARDOWN(mirror)
{
	close(self->device);
	stage_clear(&self->s);
}

/* What the device reads of the page's first byte, or a negative errno. */
static int device_reads(int device, const struct stage *s, size_t page)
{
	int err = hmm_read(device, stage_page(s, page), content);

	return err ? err : (unsigned char)content[0];
}

/* Changes the page's first byte; its other bytes stay what they are. */
static int device_writes(int device, const struct stage *s, size_t page, uint8_t value)
{
	int err = hmm_read(device, stage_page(s, page), content);

	content[0] = (char)value;
	return err ? err : hmm_write(device, stage_page(s, page), content);
}

/* Arms anew, each mode the way that its users do. */
static int arm_again(struct stage *s)
{
	return s->region.mode == ASYNC ? view_read_and_arm(&s->after, &s->region) : stage_protect(s, 0, s->region.pages);
}

static bool expect_read(const struct place *at, int seen, int wanted)
{
	if (seen == wanted)
		return true;
	return check_charge(at, REQUIREMENT_NONE, LOST, "the device to read 0x%02x; it reads 0x%02x (%d)", wanted, seen, seen);
}

/* A writer that sleeps though its page is free: what the device maps now, no protection's end takes from it. */
static bool held_and_freed(const struct place *at, struct stage *s)
{
	return check_start(at, s, &s->writer, AGENT_STORE, PAGE, VALUE) && check_event(at, s, PAGE) &&
	       check_ok(at, "un-protecting, waking nobody",
			stage_unprotect(s, 0, s->region.pages, UFFDIO_WRITEPROTECT_MODE_DONTWAKE));
}

TEST_F(mirror, a_read_by_the_device_changes_nothing)
{
	COVERS(HZ_SECONDARY_MMU, WP_READ_KEEPS);
	struct stage *s = &self->s;

	ASSERT_OK(hmm_read(self->device, stage_page(s, PAGE), content));
	expect_read(HERE, (unsigned char)content[0], 0);
	LOOK(s, &s->after);
	EXPECT_NO_EVENT(s);
	EXPECT_SAME(s, &s->before, &s->after);
}

TEST_F(mirror, the_device_sees_what_a_cpu_has_written)
{
	COVERS(HZ_SECONDARY_MMU);
	struct stage *s = &self->s;

	if (variant->mode == SYNC)
		OR_LEAVE(held_and_freed(HERE, s));
	expect_read(HERE, device_reads(self->device, s, PAGE), 0);
	expect_read(HERE, device_reads(self->device, s, OTHER), 0);
	if (variant->mode == SYNC)
		ASSERT_OK(stage_wake(s, 0, s->region.pages));
	else
		START(s, &s->writer, AGENT_STORE, PAGE, VALUE);
	ASSERT_DONE(s, &s->writer);
	expect_read(HERE, device_reads(self->device, s, PAGE), VALUE);
	ACT(s, AGENT_STORE, OTHER, VALUE);
	expect_read(HERE, device_reads(self->device, s, OTHER), VALUE);
}

/* The device can't wait for a manager: in sync mode it must be told no. */
TEST_F(mirror, a_write_by_the_device_obeys_the_protection)
{
	COVERS(HZ_SECONDARY_MMU, WP_NEVER_WRITABLE);
	struct stage *s = &self->s;
	int result = device_writes(self->device, s, PAGE, VALUE);

	LOOK(s, &s->after);
	if (variant->mode == ASYNC) {
		EXPECT_OK(result);
		EXPECT_REPORTED(s, AGENT_STORE, PAGE);
		EXPECT_WRITTEN_ONLY(s, AGENT_STORE, PAGE, VALUE);
	} else {
		EXPECT_THAT(result < 0, LOST, "an error for the device's write to a protected page; it passed");
		EXPECT_SAME(s, &s->before, &s->after);
		EXPECT_UNTOUCHED(s);
	}
}

TEST_F(mirror, arming_takes_back_the_device_s_right_to_write)
{
	COVERS(HZ_SECONDARY_MMU, WP_NEVER_WRITABLE);
	struct stage *s = &self->s;
	int result;

	ASSERT_OK(stage_unprotect(s, 0, s->region.pages, 0));
	ASSERT_OK(device_writes(self->device, s, PAGE, VALUE));
	ASSERT_OK(arm_again(s));
	result = device_writes(self->device, s, PAGE, VALUE + 1);
	LOOK(s, &s->after);
	if (variant->mode == ASYNC) {
		EXPECT_OK(result);
		EXPECT_PAGES(s, &s->after, PAGE, PAGE + 1, PRESENT | ANON | WRITTEN, WP | ZERO);
	} else {
		EXPECT_THAT(result < 0, LOST, "an error for the device's write to a page armed again; it passed");
		EXPECT_PAGES(s, &s->after, PAGE, PAGE + 1, PRESENT | ANON | WP, WRITTEN);
		EXPECT_WRITTEN_ONLY(s, AGENT_STORE, PAGE, VALUE);
	}
}
