// SPDX-License-Identifier: GPL-2.0
/*
 * What PAGEMAP_SCAN says inside and outside of a VMA that is registered for write protection.
 * Why: a tracker that takes an untracked page for a clean one loses its writes.
 */
#include "case.h"
#include "scan_checks.h"

FIXTURE(pagemap_vma)
{
	struct stage s;
};

FIXTURE_VARIANT(pagemap_vma)
{
	uint64_t features;
	uint64_t mode;		/* UFFDIO_REGISTER_MODE_*, 0: not registered */
	uint32_t allowed;
};

#define ASYNC_FEATURES (UFFD_FEATURE_PAGEFAULT_FLAG_WP | UFFD_FEATURE_WP_ASYNC)

FIXTURE_VARIANT_ADD(pagemap_vma, async) {
	.features = ASYNC_FEATURES, .mode = UFFDIO_REGISTER_MODE_WP, .allowed = WPALLOWED,
};
FIXTURE_VARIANT_ADD(pagemap_vma, async_missing) {
	.features = ASYNC_FEATURES, .mode = UFFDIO_REGISTER_MODE_MISSING,
};
FIXTURE_VARIANT_ADD(pagemap_vma, sync) {
	.features = UFFD_FEATURE_PAGEFAULT_FLAG_WP, .mode = UFFDIO_REGISTER_MODE_WP,
};
FIXTURE_VARIANT_ADD(pagemap_vma, sync_unpopulated) {
	.features = UFFD_FEATURE_PAGEFAULT_FLAG_WP | UFFD_FEATURE_WP_UNPOPULATED, .mode = UFFDIO_REGISTER_MODE_WP,
};
FIXTURE_VARIANT_ADD(pagemap_vma, unregistered) { .features = ASYNC_FEATURES };

/* The first PMD is registered, the second is not. */
FIXTURE_SETUP(pagemap_vma)
{
	struct stage *s = &self->s;

	ARRANGE(stage_region(s, HUGE_ZERO, 2 * pmd_pages(), &lack));
	ARRANGE(stage_open(s, variant->features, &lack));
	if (variant->mode)
		ASSERT_OK(uffd_register(&s->uffd, s->region.start, pmd_size(), variant->mode, NULL));
	LOOK(s, &s->before);
	NEEDS_SCAN(s);
}

FIXTURE_TEARDOWN(pagemap_vma)
{
	stage_clear(&self->s);
}

TEST_F(pagemap_vma, wpallowed_is_set_exactly_where_async_applies)
{
	COVERS(PM_WPALLOWED);
	struct stage *s = &self->s;

	EXPECT_PAGES(s, &s->before, 0, pmd_pages(), variant->allowed, WPALLOWED & ~variant->allowed);
	EXPECT_PAGES(s, &s->before, pmd_pages(), s->region.pages, 0, WPALLOWED);
}

FIXTURE(pagemap_outside)
{
	struct stage s;
	struct scan_answer answer;
};

/* The first PMD is registered for missing pages only, the second not at all. */
FIXTURE_SETUP(pagemap_outside)
{
	struct stage *s = &self->s;

	ARRANGE(stage_region(s, ZERO_PTES, 2 * pmd_pages(), &lack));
	ARRANGE(stage_open(s, ASYNC_FEATURES, &lack));
	ASSERT_OK(uffd_register(&s->uffd, s->region.start, pmd_size(), UFFDIO_REGISTER_MODE_MISSING, NULL));
	LOOK(s, &s->before);
}

FIXTURE_TEARDOWN(pagemap_outside)
{
	scan_answer_free(&self->answer);
	stage_clear(&self->s);
}

/* By the fast path, then by the generic one. */
TEST_F(pagemap_outside, written_is_not_reported)
{
	COVERS(PM_WRITTEN);
	const uint64_t returns[] = { WRITTEN, WRITTEN | PRESENT };
	struct stage *s = &self->s;
	struct scan q = scan_pages(&s->region, 0, s->region.pages);
	size_t i;

	q.mask = WRITTEN;
	for (i = 0; i < ARRAY_SIZE(returns); i++) {
		q.ret = returns[i];
		ASK(s, &q, &self->answer);
		OR_LEAVE(EXPECT_THAT(!self->answer.regions, EXTRA,
				     "nothing written where write protection isn't registered; return mask 0x%x gave %zu regions",
				     (unsigned int)q.ret, self->answer.regions));
	}
}
