// SPDX-License-Identifier: GPL-2.0
/*
 * Who waits for a page that is missing, and what wakes him: COPY, ZEROPAGE, MOVE, or that nobody answers any more.
 * Why: a page that is filled while its reader sleeps on is a stuck program; one that wakes him too early runs him on a
 * page that isn't protected yet.
 */
#include "filling.h"
#include "moving.h"

enum fill_how { BY_COPY, BY_ZEROPAGE, BY_MOVE };

FIXTURE(waited)
{
	struct stage s;
	struct stage from;	/* what MOVE takes its page from */
};

FIXTURE_VARIANT(waited)
{
	enum fill_how how;
};

FIXTURE_VARIANT_ADD(waited, copy) { .how = BY_COPY };
FIXTURE_VARIANT_ADD(waited, zeropage) { .how = BY_ZEROPAGE };
FIXTURE_VARIANT_ADD(waited, move) { .how = BY_MOVE };

FIXTURE_SETUP(waited)
{
	struct stage *s = &self->s;

	self->from.uffd.fd = -1;
	ARRANGE(stage_region(&self->from, BASE_PAGES, 16, &lack));
	ARRANGE(stage_region(s, UNPOPULATED, pmd_pages(), &lack));
	ARRANGE(stage_register(s, SYNC, variant->how == BY_MOVE ? UFFD_FEATURE_MOVE : 0, &lack));
	ASSERT_OK(also_missing(s));
	START(s, &s->writer, AGENT_LOAD, PAGE, 0);
	OR_LEAVE(take_flags(HERE, s, "of a read of a missing page", 0));
	EXPECT_BLOCKED(s, &s->writer);
}

FIXTURE_TEARDOWN(waited)
{
	stage_clear(&self->s);
	stage_clear(&self->from);
}

static int fill_page(enum fill_how how, struct stage *s, const struct stage *from, bool asleep)
{
	char *at = stage_page(s, PAGE);

	switch (how) {
	case BY_COPY:
		return uffd_copy(&s->uffd, at, source(), page_size(), asleep ? UFFDIO_COPY_MODE_DONTWAKE : 0, NULL);
	case BY_ZEROPAGE:
		return uffd_zeropage(&s->uffd, at, page_size(), asleep ? UFFDIO_ZEROPAGE_MODE_DONTWAKE : 0, NULL);
	default:
		return uffd_move(&s->uffd, at, stage_page(from, PAGE), page_size(), asleep ? UFFDIO_MOVE_MODE_DONTWAKE : 0, NULL);
	}
}

static enum requirement filled_by(enum fill_how how)
{
	return how == BY_COPY ? FI_COPY_WP : how == BY_ZEROPAGE ? FI_ZERO : FI_MOVE;
}

TEST_F(waited, filling_the_page_wakes_the_reader)
{
	COVERS(EV_MISSING_MIX, FI_COPY_WP, FI_ZERO, FI_MOVE);
	struct stage *s = &self->s;

	ACT_BY(fill_page(variant->how, s, &self->from, false));
	if (!EXPECT_WOKEN(s, &s->writer))
		CHARGE_TO(filled_by(variant->how), HANG, "who waits for the page to be woken by what fills it");
	EXPECT_DONE(s, &s->writer);
	EXPECT_NO_EVENT(s);
}

TEST_F(waited, dontwake_leaves_the_reader_asleep_until_a_wake)
{
	COVERS(EV_DONTWAKE, FI_COPY_WP, FI_ZERO, FI_MOVE);
	struct stage *s = &self->s;

	ACT_BY(fill_page(variant->how, s, &self->from, true));
	EXPECT_ASLEEP(s, &s->writer);
	ASSERT_OK(stage_wake(s, PAGE, NEXT));
	EXPECT_DONE(s, &s->writer);
}

/* userfaultfd.rst: unregistering wakes; what it finds then is a hole like any other. */
TEST_F(waited, unregistering_wakes_the_reader)
{
	COVERS(LC_UNREGISTER, EV_CLOSE);
	struct stage *s = &self->s;

	ACT_BY(stage_unregister(s));
	EXPECT_WOKEN(s, &s->writer);
	EXPECT_DONE(s, &s->writer);
	EXPECT_NO_EVENT(s);
}
