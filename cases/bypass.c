// SPDX-License-Identifier: GPL-2.0
/*
 * Writers that go another way than by the protected page table: a pin taken before the page was protected, and the file
 * behind the memory.
 * Why: snapshots and collectors lose these writes on every kernel, and must know it: expected/deviations.tsv declares them.
 */
#include <unistd.h>

#include "case.h"

#define PAGE 5
#define VALUE 0xa5

/* Somebody was told of a write: an event is there, or a page has lost its protection. */
static bool was_told(const struct place *at, struct stage *s)
{
	int events = s->region.mode == SYNC ? pump_drain(&s->pump) : 0;

	if (!check_look(at, s, &s->after, view_read))
		return false;
	if (events > 0 || view_count(&s->after, 0, WP))
		return true;
	return check_charge(at, REQUIREMENT_NONE, LOST, "the write to be seen; the page holds 0x%02x and nobody was told",
			   (uint8_t)*stage_page(s, PAGE));
}

FIXTURE(pinned)
{
	struct stage s;
};

FIXTURE_VARIANT(pinned)
{
	enum backing backing;
	enum region_mode mode;
};

FIXTURE_VARIANT_ADD(pinned, sync_base) { .backing = BASE_PAGES, .mode = SYNC };
FIXTURE_VARIANT_ADD(pinned, async_base) { .backing = BASE_PAGES, .mode = ASYNC };
FIXTURE_VARIANT_ADD(pinned, async_anonthp) { .backing = ANON_THP, .mode = ASYNC };

FIXTURE_SETUP(pinned)
{
	struct stage *s = &self->s;

	CASE_AGENT(AGENT_URING_PINNED);
	CASE_REGISTERED_PAGES(s, variant->mode, variant->backing, variant->backing == BASE_PAGES ? 16 : pmd_pages());
	ASSERT_OK(agent_prepare(&s->writer, AGENT_URING_PINNED, stage_page(s, PAGE), VALUE));
	ASSERT_OK(stage_protect(s, 0, s->region.pages));
	LOOK(s, &s->before);
}

FIXTURE_TEARDOWN(pinned)
{
	stage_clear(&self->s);
}

TEST_F(pinned, write_into_a_registered_buffer_is_seen)
{
	COVERS(WP_BYPASS);
	struct stage *s = &self->s;

	ASSERT_OK(agent_go(&s->writer));
	ASSERT_DONE(s, &s->writer);
	OR_LEAVE(was_told(HERE, s));
}

FIXTURE(file)
{
	struct stage s;
};

FIXTURE_VARIANT(file)
{
	enum region_mode mode;
};

FIXTURE_VARIANT_ADD(file, sync) { .mode = SYNC };
FIXTURE_VARIANT_ADD(file, async) { .mode = ASYNC };

FIXTURE_SETUP(file)
{
	CASE_STAGE_PAGES(&self->s, variant->mode, SHMEM, 16);
}

FIXTURE_TEARDOWN(file)
{
	stage_clear(&self->s);
}

TEST_F(file, write_into_what_is_mapped_is_seen)
{
	COVERS(WP_BYPASS);
	struct stage *s = &self->s;
	const char byte = (char)VALUE;

	ACT_BY(pwrite(s->region.file, &byte, 1, PAGE * page_size()) == 1 ? 0 : -errno);
	OR_LEAVE(was_told(HERE, s));
}
