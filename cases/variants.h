/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Variants that several case files share, written once: a line a backing, a line a writer.
 */
#ifndef CASES_VARIANTS_H
#define CASES_VARIANTS_H

/* Populated one by one. */
#define MATRIX_FEW 64

/*
 * Base pages. Huge zero PMDs cost nothing: there are two, for what lies beyond the written one. Pages that are
 * populated one by one are few.
 */
static inline size_t __maybe_unused matrix_pages(enum backing b)
{
	if (b == HUGE_ZERO)
		return 2 * pmd_pages();
	if (b == BASE_PAGES || b == ZERO_PTES || b == SHMEM || b == SHMEM_CACHED)
		return MATRIX_FEW;
	return pmd_pages();
}

/* Any page, but for a store that straddles: the last one of a PMD, where there are two. */
static inline size_t __maybe_unused matrix_page(const struct stage *s, enum agent_kind writer)
{
	return writer == AGENT_STRADDLE && s->region.pmds > 1 ? pmd_pages() - 1 : 5;
}

#define BACKING_AND_WRITER(fixture, name, back, agent)				\
	FIXTURE_VARIANT_ADD(fixture, name) { .backing = back, .writer = agent }

#define BACKING_BY_WRITER(fixture, name, back)					\
	BACKING_AND_WRITER(fixture, name##_store, back, AGENT_STORE);		\
	BACKING_AND_WRITER(fixture, name##_atomic, back, AGENT_ATOMIC);		\
	BACKING_AND_WRITER(fixture, name##_straddle, back, AGENT_STRADDLE);	\
	BACKING_AND_WRITER(fixture, name##_read, back, AGENT_READ);		\
	BACKING_AND_WRITER(fixture, name##_vm_writev, back, AGENT_VM_WRITEV);	\
	BACKING_AND_WRITER(fixture, name##_uring_read, back, AGENT_URING_READ)

#define EACH_BACKING_AND_WRITER(fixture)					\
	BACKING_BY_WRITER(fixture, hugezero, HUGE_ZERO);			\
	BACKING_BY_WRITER(fixture, zeroptes, ZERO_PTES);			\
	BACKING_BY_WRITER(fixture, anonthp, ANON_THP);				\
	BACKING_BY_WRITER(fixture, ptethp, PTE_THP);				\
	BACKING_BY_WRITER(fixture, base, BASE_PAGES);				\
	BACKING_BY_WRITER(fixture, unpopulated, UNPOPULATED)

/* A file's pages: each kernel writer comes down the same road as a store, so that one must do. */
#define EACH_FILE_BACKING_AND_WRITER(fixture)					\
	BACKING_AND_WRITER(fixture, shmem_store, SHMEM, AGENT_STORE);		\
	BACKING_AND_WRITER(fixture, shmem_read, SHMEM, AGENT_READ);		\
	BACKING_AND_WRITER(fixture, shmemcached_store, SHMEM_CACHED, AGENT_STORE); \
	BACKING_AND_WRITER(fixture, shmemcached_read, SHMEM_CACHED, AGENT_READ); \
	BACKING_AND_WRITER(fixture, shmemthp_store, SHMEM_THP, AGENT_STORE)

#define BACKING(fixture, name, back) FIXTURE_VARIANT_ADD(fixture, name) { .backing = back }

#define EACH_POPULATED_BACKING(fixture)						\
	BACKING(fixture, hugezero, HUGE_ZERO);					\
	BACKING(fixture, zeroptes, ZERO_PTES);					\
	BACKING(fixture, anonthp, ANON_THP);					\
	BACKING(fixture, ptethp, PTE_THP);					\
	BACKING(fixture, base, BASE_PAGES)

#define EACH_BACKING(fixture)							\
	EACH_POPULATED_BACKING(fixture);					\
	BACKING(fixture, unpopulated, UNPOPULATED)

#endif /* CASES_VARIANTS_H */
