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

/*
 * Writers other than those, added by BACKING_AND_WRITER, or by FULL_BACKING_AND_WRITER where they are left to full runs: the
 * fixture's variants have a member 'full'. Each on the huge zero page, and each on others.
 */
#define FULL_BACKING_AND_WRITER(fixture, name, back, agent)			\
	FIXTURE_VARIANT_ADD(fixture, name) { .backing = back, .writer = agent, .full = true }

#define EACH_OTHER_WRITER_ON_HUGEZERO(add, fixture) \
	add(fixture, hugezero_other_cpu, HUGE_ZERO, AGENT_OTHER_CPU); \
	add(fixture, hugezero_handler, HUGE_ZERO, AGENT_HANDLER); \
	add(fixture, hugezero_sharer, HUGE_ZERO, AGENT_SHARER); \
	add(fixture, hugezero_peer_writev, HUGE_ZERO, AGENT_PEER_WRITEV); \
	add(fixture, hugezero_futex_shared, HUGE_ZERO, AGENT_FUTEX_SHARED); \
	add(fixture, hugezero_direct_read, HUGE_ZERO, AGENT_DIRECT_READ); \
	add(fixture, hugezero_uring_fixed, HUGE_ZERO, AGENT_URING_FIXED); \
	add(fixture, hugezero_populate_write, HUGE_ZERO, AGENT_POPULATE_WRITE); \
	add(fixture, hugezero_rseq, HUGE_ZERO, AGENT_RSEQ); \
	add(fixture, hugezero_signal_frame, HUGE_ZERO, AGENT_SIGNAL_FRAME)

#define EACH_OTHER_WRITER_ELSEWHERE(add, fixture) \
	add(fixture, base_recv, BASE_PAGES, AGENT_RECV); \
	add(fixture, base_vmsplice, BASE_PAGES, AGENT_VMSPLICE); \
	add(fixture, base_uring_fixed, BASE_PAGES, AGENT_URING_FIXED); \
	add(fixture, zeroptes_getrandom, ZERO_PTES, AGENT_GETRANDOM); \
	add(fixture, zeroptes_mlock, ZERO_PTES, AGENT_MLOCK); \
	add(fixture, unpopulated_pread, UNPOPULATED, AGENT_PREAD)

#define EACH_FULL_WRITER(fixture)						\
	FULL_BACKING_AND_WRITER(fixture, hugezero_pread, HUGE_ZERO, AGENT_PREAD); \
	FULL_BACKING_AND_WRITER(fixture, hugezero_recv, HUGE_ZERO, AGENT_RECV);	\
	FULL_BACKING_AND_WRITER(fixture, hugezero_vmsplice, HUGE_ZERO, AGENT_VMSPLICE); \
	FULL_BACKING_AND_WRITER(fixture, hugezero_getrandom, HUGE_ZERO, AGENT_GETRANDOM); \
	FULL_BACKING_AND_WRITER(fixture, anonthp_sharer, ANON_THP, AGENT_SHARER); \
	FULL_BACKING_AND_WRITER(fixture, anonthp_peer_writev, ANON_THP, AGENT_PEER_WRITEV); \
	FULL_BACKING_AND_WRITER(fixture, anonthp_direct_read, ANON_THP, AGENT_DIRECT_READ); \
	FULL_BACKING_AND_WRITER(fixture, anonthp_uring_fixed, ANON_THP, AGENT_URING_FIXED); \
	FULL_BACKING_AND_WRITER(fixture, anonthp_populate_write, ANON_THP, AGENT_POPULATE_WRITE); \
	FULL_BACKING_AND_WRITER(fixture, ptethp_recv, PTE_THP, AGENT_RECV);	\
	FULL_BACKING_AND_WRITER(fixture, ptethp_rseq, PTE_THP, AGENT_RSEQ);	\
	FULL_BACKING_AND_WRITER(fixture, base_futex_shared, BASE_PAGES, AGENT_FUTEX_SHARED); \
	FULL_BACKING_AND_WRITER(fixture, base_direct_read, BASE_PAGES, AGENT_DIRECT_READ); \
	FULL_BACKING_AND_WRITER(fixture, base_mlock, BASE_PAGES, AGENT_MLOCK);	\
	FULL_BACKING_AND_WRITER(fixture, base_signal_frame, BASE_PAGES, AGENT_SIGNAL_FRAME); \
	FULL_BACKING_AND_WRITER(fixture, zeroptes_handler, ZERO_PTES, AGENT_HANDLER); \
	FULL_BACKING_AND_WRITER(fixture, zeroptes_peer_writev, ZERO_PTES, AGENT_PEER_WRITEV); \
	FULL_BACKING_AND_WRITER(fixture, zeroptes_uring_fixed, ZERO_PTES, AGENT_URING_FIXED); \
	FULL_BACKING_AND_WRITER(fixture, unpopulated_futex_shared, UNPOPULATED, AGENT_FUTEX_SHARED); \
	FULL_BACKING_AND_WRITER(fixture, unpopulated_direct_read, UNPOPULATED, AGENT_DIRECT_READ); \
	FULL_BACKING_AND_WRITER(fixture, unpopulated_uring_fixed, UNPOPULATED, AGENT_URING_FIXED); \
	FULL_BACKING_AND_WRITER(fixture, unpopulated_populate_write, UNPOPULATED, AGENT_POPULATE_WRITE); \
	FULL_BACKING_AND_WRITER(fixture, unpopulated_mlock, UNPOPULATED, AGENT_MLOCK)

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
