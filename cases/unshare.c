// SPDX-License-Identifier: GPL-2.0
/*
 * A read-only long-term pin of protected memory.
 * Why: it reads. On the huge zero page it takes an unshare fault, and that fault may map new, writable memory;
 * if protection doesn't come along, every later write passes unseen.
 */
#include "../common/pin.h"
#include "case.h"

#define PAGE 5
#define VALUE 0xa5

FIXTURE(unshare)
{
	struct stage s;
	struct pin pin;
};

FIXTURE_VARIANT(unshare)
{
	enum region_mode mode;
	enum backing backing;
};

FIXTURE_VARIANT_ADD(unshare, sync_hugezero) { .mode = SYNC, .backing = HUGE_ZERO };
FIXTURE_VARIANT_ADD(unshare, async_hugezero) { .mode = ASYNC, .backing = HUGE_ZERO };
FIXTURE_VARIANT_ADD(unshare, sync_zeroptes) { .mode = SYNC, .backing = ZERO_PTES };
FIXTURE_VARIANT_ADD(unshare, async_zeroptes) { .mode = ASYNC, .backing = ZERO_PTES };

FIXTURE_SETUP(unshare)
{
	struct lack none = { 0 };

	if (pin_available(none.why, sizeof(none.why)) == PIN_MISSING)
		SKIP(return, "%s", none.why);
	CASE_STAGE(&self->s, variant->mode, variant->backing, 1);
}

FIXTURE_TEARDOWN(unshare)
{
	stage_clear(&self->s);
	pin_release(&self->pin);
}

static bool pin(const struct place *at, struct stage *s, struct pin *p)
{
	int err = pin_ro_longterm(s->region.start, pmd_size(), p);

	snprintf(so_far.act, sizeof(so_far.act), "read-only long-term pin of the region by %s", pin_how_name(pin_available(NULL, 0)));
	return check_ok(at, "the pin", err);
}

TEST_F(unshare, pin_is_no_write_and_delivers_nothing)
{
	COVERS(HZ_UNSHARE, WP_READ_KEEPS);
	struct stage *s = &self->s;

	OR_LEAVE(pin(HERE, s, &self->pin));
	EXPECT_NO_EVENT(s);
	EXPECT_UNTOUCHED(s);
}

/* That it is kept is what the witnesses say, and what a write meets. */
TEST_F(unshare, pin_keeps_protection)
{
	COVERS(HZ_UNSHARE);
	struct stage *s = &self->s;

	OR_LEAVE(pin(HERE, s, &self->pin));
	LOOK(s, &s->after);
	EXPECT_NO_EVENT(s);
	EXPECT_PAGES(s, &s->after, 0, pmd_pages(), WP, WRITTEN);

	/* What the write finds: the pin may have populated zero PTEs, protected. */
	LOOK(s, &s->before);
	START(s, &s->writer, AGENT_STORE, PAGE, VALUE);
	if (variant->mode == SYNC)
		EXPECT_BLOCKED(s, &s->writer);
	else
		ASSERT_DONE(s, &s->writer);
	LOOK(s, &s->after);
	if (variant->mode == ASYNC)
		EXPECT_REPORTED(s, AGENT_STORE, PAGE);
}
