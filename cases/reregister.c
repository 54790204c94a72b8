// SPDX-License-Identifier: GPL-2.0
/*
 * Registering once more, with other modes or another descriptor, and what another descriptor may do to pages that aren't its.
 * Why: a library that watches its own memory must not take the protection from its neighbour's, nor leave writers asleep
 * of whom their owner doesn't know that they could go on.
 */
#include "case.h"
#include "variants.h"

#define PAGE 5
#define VALUE 0xa5

static int register_pages(const struct uffd *u, const struct stage *s, size_t first, size_t end, uint64_t mode)
{
	return uffd_register(u, stage_page(s, first), (end - first) * page_size(), mode, NULL);
}

static int unregister_pages(const struct uffd *u, const struct stage *s, size_t first, size_t end)
{
	return uffd_unregister(u, stage_page(s, first), (end - first) * page_size());
}

FIXTURE(again)
{
	struct stage s;
	struct uffd other;
};

FIXTURE_VARIANT(again)
{
	enum backing backing;
};

BACKING(again, hugezero, HUGE_ZERO);
BACKING(again, base, BASE_PAGES);

FIXTURE_SETUP(again)
{
	self->other.fd = -1;
	CASE_AGENT(AGENT_STORE);
	CASE_STAGE_PAGES(&self->s, SYNC, variant->backing, matrix_pages(variant->backing));
	ASSERT_OK(uffd_open(&self->other, UFFD_FEATURE_PAGEFAULT_FLAG_WP, NULL));
}

FIXTURE_TEARDOWN(again)
{
	uffd_close(&self->other);
	stage_clear(&self->s);
}

static bool still_caught(const struct place *at, struct stage *s)
{
	return check_look(at, s, &s->after, view_read) &&
	       check_same(at, s, &s->before, &s->after, 0, s->region.pages) &&
	       check_start(at, s, &s->writer, AGENT_STORE, PAGE, VALUE) &&
	       check_event(at, s, PAGE) && check_blocked(at, s, &s->writer);
}

TEST_F(again, same_or_more_modes_keep_the_protection)
{
	COVERS(LC_REREGISTER);
	struct stage *s = &self->s;

	EXPECT_OK(register_pages(&s->uffd, s, 0, s->region.pages, UFFDIO_REGISTER_MODE_WP));
	EXPECT_OK(register_pages(&s->uffd, s, 0, s->region.pages,
				 UFFDIO_REGISTER_MODE_WP | UFFDIO_REGISTER_MODE_MISSING));
	OR_LEAVE(still_caught(HERE, s));
}

TEST_F(again, dropping_write_protection_is_refused)
{
	COVERS(LC_REREGISTER);
	struct stage *s = &self->s;

	OR_LEAVE(EXPECT_ERROR(register_pages(&s->uffd, s, 0, s->region.pages, UFFDIO_REGISTER_MODE_MISSING),
			      -EBUSY));
	OR_LEAVE(still_caught(HERE, s));
}

TEST_F(again, another_descriptor_is_refused)
{
	COVERS(LC_REREGISTER, IF_ERRORS);
	struct stage *s = &self->s;

	EXPECT_ERROR(register_pages(&self->other, s, 0, s->region.pages, UFFDIO_REGISTER_MODE_WP), -EBUSY);
	OR_LEAVE(still_caught(HERE, s));
}

TEST_F(again, another_descriptor_cant_unregister)
{
	COVERS(LC_REREGISTER, IF_ERRORS);
	struct stage *s = &self->s;

	OR_LEAVE(EXPECT_ERROR(unregister_pages(&self->other, s, 0, s->region.pages), -EINVAL));
	OR_LEAVE(still_caught(HERE, s));
}

TEST_F(again, another_descriptor_cant_unprotect)
{
	COVERS(IF_ERRORS, LC_REREGISTER);
	struct stage *s = &self->s;

	OR_LEAVE(EXPECT_ERROR(uffd_writeprotect(&self->other, stage_page(s, 0), page_size(), 0), -ENOENT));
	OR_LEAVE(still_caught(HERE, s));
}

TEST_F(again, another_descriptor_that_unprotects_wakes_the_writer)
{
	COVERS(EV_ALL_WAITERS, LC_REREGISTER);
	struct stage *s = &self->s;

	ASSERT_CAUGHT(s, PAGE, VALUE);
	/* Refused is right, too: then nobody is to be woken. */
	if (!uffd_writeprotect(&self->other, stage_page(s, PAGE), page_size(), 0))
		EXPECT_WOKEN(s, &s->writer);
}
