// SPDX-License-Identifier: GPL-2.0
/*
 * A write in async mode, whoever writes, whatever backs the page.
 * Why: the kernel resolves the fault by itself; a write that the next scan doesn't show is data lost to whoever
 * tracks writes.
 */
#include "case.h"
#include "variants.h"

#define VALUE 0xa5

FIXTURE(async)
{
	struct stage s;
};

FIXTURE_VARIANT(async)
{
	enum backing backing;
	enum agent_kind writer;
	bool full;
};

EACH_BACKING_AND_WRITER(async);
EACH_FILE_BACKING_AND_WRITER(async);
EACH_OTHER_WRITER_ON_HUGEZERO(FULL_BACKING_AND_WRITER, async);
EACH_OTHER_WRITER_ELSEWHERE(BACKING_AND_WRITER, async);
EACH_FULL_WRITER(async);

FIXTURE_SETUP(async)
{
	if (variant->full)
		FULL_ONLY();
	CASE_AGENT(variant->writer);
	CASE_STAGE_PAGES(&self->s, ASYNC, variant->backing, matrix_pages(variant->backing));
}

FIXTURE_TEARDOWN(async)
{
	stage_clear(&self->s);
}

TEST_F(async, write_is_seen_by_the_next_scan)
{
	COVERS(WP_NO_LOST_WRITE, AS_NO_EVENT, AS_RESOLVES, AS_PRECISE, WP_NEVER_WRITABLE);
	size_t page = matrix_page(&self->s, variant->writer);
	struct stage *s = &self->s;

	START(s, &s->writer, variant->writer, page, VALUE);
	ASSERT_DONE(s, &s->writer);
	LOOK(s, &s->after);

	EXPECT_NO_EVENT(s);
	EXPECT_REPORTED(s, variant->writer, page);
	EXPECT_WRITTEN_ONLY(s, variant->writer, page, s->writer.value);
}
