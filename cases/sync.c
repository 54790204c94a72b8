// SPDX-License-Identifier: GPL-2.0
/*
 * A write in sync mode, whoever writes, whatever backs the page.
 * Why: whoever snapshots or collects by events has just this one moment to save the page.
 */
#include "case.h"
#include "variants.h"

#define VALUE 0xa5

FIXTURE(sync)
{
	struct stage s;
};

FIXTURE_VARIANT(sync)
{
	enum backing backing;
	enum agent_kind writer;
	bool full;
};

EACH_BACKING_AND_WRITER(sync);
EACH_FILE_BACKING_AND_WRITER(sync);
EACH_OTHER_WRITER_ON_HUGEZERO(BACKING_AND_WRITER, sync);
EACH_OTHER_WRITER_ELSEWHERE(FULL_BACKING_AND_WRITER, sync);
EACH_FULL_WRITER(sync);

FIXTURE_SETUP(sync)
{
	if (variant->full)
		FULL_ONLY();
	CASE_AGENT(variant->writer);
	CASE_STAGE_PAGES(&self->s, SYNC, variant->backing, matrix_pages(variant->backing));
}

FIXTURE_TEARDOWN(sync)
{
	stage_clear(&self->s);
}

TEST_F(sync, write_waits_for_its_one_event)
{
	COVERS(EV_ONE, EV_CONTENT_HELD, EV_ADDRESS, WP_NEVER_WRITABLE);
	size_t page = matrix_page(&self->s, variant->writer);
	struct stage *s = &self->s;

	START(s, &s->writer, variant->writer, page, VALUE);
	ASSERT_BLOCKED(s, &s->writer);
	ASSERT_EVENT(s, page);
	LOOK(s, &s->after);
	EXPECT_HELD(s, &s->before, &s->after, page);

	ASSERT_RESOLVED(s, variant->writer, page);
	ASSERT_DONE(s, &s->writer);
	EXPECT_NO_EVENT(s);
	LOOK(s, &s->after);
	EXPECT_FREED(s, variant->writer, page);
	EXPECT_WRITTEN_ONLY(s, variant->writer, page, s->writer.value);
}
