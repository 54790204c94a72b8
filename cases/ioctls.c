// SPDX-License-Identifier: GPL-2.0
/*
 * The ioctls that REGISTER answers, held against what then works.
 * Why: a program that was told of an ioctl builds on it; one that wasn't told must not be able to use it by chance.
 */
#include <sys/mman.h>

#include "case.h"

/* Memory to copy or move from: base pages, as each is touched. */
static int make_source(struct region *r)
{
	int err = region_make(r, UNPOPULATED, 1);

	if (!err && madvise(r->start, pmd_size(), MADV_NOHUGEPAGE) && errno != EINVAL)
		err = -errno;
	return err;
}

FIXTURE(ioctls)
{
	struct stage s;
	struct region source;
	uint64_t answered;
};

FIXTURE_VARIANT(ioctls)
{
	uint64_t mode;
};

FIXTURE_VARIANT_ADD(ioctls, wp) { .mode = UFFDIO_REGISTER_MODE_WP };
FIXTURE_VARIANT_ADD(ioctls, missing) { .mode = UFFDIO_REGISTER_MODE_MISSING };

FIXTURE_SETUP(ioctls)
{
	struct stage *s = &self->s;
	uint64_t offered;

	ARRANGE(stage_region(s, UNPOPULATED, pmd_pages(), &lack));
	ASSERT_OK(make_source(&self->source));
	ASSERT_OK(uffd_offered(&offered, NULL));
	ARRANGE(stage_open(s, UFFD_FEATURE_PAGEFAULT_FLAG_WP | (offered & UFFD_FEATURE_MOVE), &lack));
	ASSERT_OK(uffd_register(&s->uffd, s->region.start, pmd_size(), variant->mode, &self->answered));
}

FIXTURE_TEARDOWN(ioctls)
{
	region_free(&self->source);
	stage_clear(&self->s);
}

static const struct {
	const char *name;
	int number;
} calls[] = {
	{ "WAKE", _UFFDIO_WAKE }, { "COPY", _UFFDIO_COPY }, { "ZEROPAGE", _UFFDIO_ZEROPAGE },
	{ "MOVE", _UFFDIO_MOVE }, { "WRITEPROTECT", _UFFDIO_WRITEPROTECT }, { "CONTINUE", _UFFDIO_CONTINUE },
	{ "POISON", _UFFDIO_POISON }, { "RWPROTECT", _UFFDIO_RWPROTECT },
};

/* The plainest use of ioctl @number, on a page that nothing has touched. */
static int use(const struct uffd *u, int number, char *page, char *from)
{
	*from = 1;
	switch (number) {
	case _UFFDIO_WAKE:
		return uffd_wake(u, page, page_size());
	case _UFFDIO_COPY:
		return uffd_copy(u, page, from, page_size(), 0, NULL);
	case _UFFDIO_ZEROPAGE:
		return uffd_zeropage(u, page, page_size(), 0, NULL);
	case _UFFDIO_MOVE:
		return uffd_move(u, page, from, page_size(), 0, NULL);
	case _UFFDIO_WRITEPROTECT:
		return uffd_writeprotect(u, page, page_size(), UFFDIO_WRITEPROTECT_MODE_WP);
	case _UFFDIO_CONTINUE:
		return uffd_continue(u, page, page_size(), 0, NULL);
	case _UFFDIO_POISON:
		return uffd_poison(u, page, page_size(), 0, NULL);
	default:
		return uffd_rwprotect(u, page, page_size(), UFFDIO_RWPROTECT_MODE_RWP);
	}
}

TEST_F(ioctls, those_answered_work_and_no_others)
{
	COVERS(IF_HANDSHAKE);
	struct stage *s = &self->s;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(calls); i++) {
		int err = use(&s->uffd, calls[i].number, stage_page(s, 2 * i), region_page(&self->source, 2 * i));
		bool answered = self->answered >> calls[i].number & 1;

		EXPECT_THAT(!err == answered, INTERFACE, "UFFDIO_%s, which was %sanswered, to %s; it gave %s",
			    calls[i].name, answered ? "" : "not ", answered ? "work" : "fail", strerror(-err));
	}
}

FIXTURE(unused)
{
	struct uffd raw;
	struct region target, source;
};

FIXTURE_SETUP(unused)
{
	self->raw.fd = uffd_open_raw(&self->raw.source);
	ASSERT_OK(self->raw.fd);
	ASSERT_OK(region_make(&self->target, UNPOPULATED, 1));
	ASSERT_OK(make_source(&self->source));
}

FIXTURE_TEARDOWN(unused)
{
	uffd_close(&self->raw);
	region_free(&self->target);
	region_free(&self->source);
}

TEST_F(unused, no_ioctl_works_before_the_handshake)
{
	COVERS(IF_HANDSHAKE);
	const struct region *to = &self->target, *from = &self->source;
	size_t i;

	EXPECT_ERROR(uffd_register(&self->raw, to->start, pmd_size(), UFFDIO_REGISTER_MODE_WP, NULL), -EINVAL);
	EXPECT_ERROR(uffd_unregister(&self->raw, to->start, pmd_size()), -EINVAL);
	for (i = 0; i < ARRAY_SIZE(calls); i++)
		EXPECT_ERROR(use(&self->raw, calls[i].number, region_page(to, i), region_page(from, i)), -EINVAL);
}

FIXTURE(async_feature)
{
	struct stage s;
};

FIXTURE_SETUP(async_feature)
{
	ARRANGE(stage_region(&self->s, UNPOPULATED, pmd_pages(), &lack));
	ARRANGE(stage_open(&self->s, UFFD_FEATURE_PAGEFAULT_FLAG_WP | UFFD_FEATURE_WP_ASYNC, &lack));
	ASSERT_OK(stage_attach(&self->s, ASYNC));
}

FIXTURE_TEARDOWN(async_feature)
{
	stage_clear(&self->s);
}

TEST_F(async_feature, unpopulated_memory_is_protected_without_asking_for_it)
{
	COVERS(IF_HANDSHAKE, WP_UNPOPULATED);
	struct stage *s = &self->s;

	ASSERT_OK(stage_protect(s, 0, s->region.pages));
	LOOK(s, &s->after);
	EXPECT_PAGES(s, &s->after, 0, s->region.pages, WP | WPALLOWED, WRITTEN);
}
