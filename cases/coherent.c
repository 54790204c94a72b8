// SPDX-License-Identifier: GPL-2.0
/*
 * What other CPUs read once a huge-zero PMD has been written.
 * Why: the write replaces the mapping. A CPU whose TLB still has the old one would go on reading zero.
 */
#include "../common/reader.h"
#include "case.h"

#define PAGE 5
#define VALUE 0xa5

FIXTURE(coherent)
{
	struct stage s;
	struct reader reader;
};

FIXTURE_VARIANT(coherent)
{
	enum region_mode mode;
};

FIXTURE_VARIANT_ADD(coherent, async) { .mode = ASYNC };
FIXTURE_VARIANT_ADD(coherent, sync) { .mode = SYNC };

FIXTURE_SETUP(coherent)
{
	int cpu = reader_other_cpu();

	if (cpu < 0)
		SKIP(return, "one CPU only: give the guest or this process a second one");
	CASE_STAGE(&self->s, variant->mode, HUGE_ZERO, 1);
	ASSERT_OK(reader_start(&self->reader, stage_page(&self->s, PAGE), cpu));
}

FIXTURE_TEARDOWN(coherent)
{
	reader_stop(&self->reader);
	stage_clear(&self->s);
}

TEST_F(coherent, reader_on_another_cpu_sees_the_write)
{
	COVERS(HZ_COHERENT);
	struct stage *s = &self->s;
	uint8_t seen;

	START(s, &s->writer, AGENT_STORE, PAGE, VALUE);
	if (variant->mode == SYNC) {
		ASSERT_EVENT(s, PAGE);
		ASSERT_OK(stage_unprotect(s, 0, pmd_pages(), 0));
	}
	ASSERT_DONE(s, &s->writer);
	seen = reader_look(&self->reader);
	LOOK(s, &s->after);
	EXPECT_THAT(seen == VALUE, LOST, "CPU %d to read 0x%02x; it reads 0x%02x", self->reader.cpu, VALUE, seen);
}
