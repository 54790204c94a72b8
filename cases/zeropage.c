// SPDX-License-Identifier: GPL-2.0
/*
 * The huge zero folio itself, shared by the whole machine. The last case of a run.
 * Why: one write into it would put data into every other process's zeroes; one reference too many would never give
 * its memory back, one too few would give it away in use.
 */
#include <sys/mman.h>

#include "../common/host.h"
#include "../common/kconfig.h"
#include "../common/process.h"
#include "../common/settings.h"
#include "case.h"

#define VALUE 0xa5

FIXTURE(zeropage)
{
	struct stage s;
};

FIXTURE_SETUP(zeropage)
{
	CASE_STAGE(&self->s, ASYNC, HUGE_ZERO, 2);
}

FIXTURE_TEARDOWN(zeropage)
{
	stage_clear(&self->s);
}

/* In a process of its own: 0 when a fresh huge-zero PMD reads zero all over, 1 when not, else a skip. */
static int fresh_mapping_reads_zero(void)
{
	struct region r;

	if (region_make(&r, HUGE_ZERO, 1))
		return KSFT_SKIP;
	return region_check_all(&r, NULL, 0) < 0 ? 0 : 1;
}

static int map_huge_zero(void)
{
	struct region r;

	return region_make(&r, HUGE_ZERO, 1) ? KSFT_SKIP : 0;
}

/*
 * With nobody mapping it the folio is freed by the shrinker that dropping caches runs, and the next mapping
 * allocates it anew: transhuge.rst, thp_zero_page_alloc. 1 when so, 0 when not, KSFT_SKIP where a mapping can't be had or
 * proved, or a negative errno.
 */
static int folio_is_allocated_anew(void)
{
	uint64_t before[COUNTER_COUNT], after[COUNTER_COUNT];
	int err = settings_write("/proc/sys/vm/drop_caches", "2");

	if (!err)
		err = host_counters(before);
	if (!err)
		err = in_a_child(map_huge_zero);
	if (!err)
		err = host_counters(after);
	return err ? err : after[THP_ZERO_PAGE_ALLOC] > before[THP_ZERO_PAGE_ALLOC];
}

/* Nobody else can: we are alone, what runs with us doesn't get huge pages unasked, and the kernel gives it back. */
static bool nobody_holds_it(void)
{
	char enabled[32];
	int err = settings_get("/sys/kernel/mm/transparent_hugepage/enabled", enabled, sizeof(enabled));

	return !err && strcmp(enabled, "always") && alone_on_machine() &&
	       !strcmp(kconfig_says("CONFIG_PERSISTENT_HUGE_ZERO_FOLIO"), "no");
}

/* Maps, splits, writes, zaps, forks, moves, and leaves the rest to the exit. */
static int live_a_mappings_life(void)
{
	struct stage s = { 0 };
	struct lack lack;
	int error;

	if (stage_region(&s, HUGE_ZERO, 3 * pmd_pages(), &lack) || stage_register(&s, ASYNC, 0, &lack) ||
	    stage_protect(&s, 0, s.region.pages))
		return KSFT_FAIL;
	agent_act(AGENT_STORE, stage_page(&s, 0), VALUE, CASE_DEADLINE_MS, &error);
	agent_act(AGENT_FORK_CHILD, stage_page(&s, pmd_pages()), VALUE, CASE_DEADLINE_MS, &error);
	return madvise(stage_page(&s, pmd_pages()), pmd_size(), MADV_DONTNEED) ||
	       stage_unprotect(&s, 2 * pmd_pages() + 1, 2 * pmd_pages() + 2, 0);
}

TEST_F(zeropage, reads_zero_in_another_process_after_writes)
{
	COVERS(HZ_SHARED_INTACT);
	struct stage *s = &self->s;
	int result;

	ACT(s, AGENT_STORE, 0, VALUE);
	ACT(s, AGENT_STRADDLE, pmd_pages() - 1, VALUE);
	ACT(s, AGENT_VM_WRITEV, 7, VALUE);
	ACT(s, AGENT_FORK_CHILD, 9, VALUE);
	LOOK(s, &s->after);
	result = in_a_child(fresh_mapping_reads_zero);
	EXPECT_THAT(result == 0, LOST, "a fresh huge-zero mapping of another process to read zero; %s",
		    result == 1 ? "it doesn't" : "none was to be had");
}

/* No region: while the test's own process holds the huge zero folio, nobody frees it. */
FIXTURE(zeropage_count)
{
	struct stage none;
};

FIXTURE_SETUP(zeropage_count)
{
	int anew;

	if (geteuid())
		SKIP(return, "run as root: only root may drop caches");
	anew = folio_is_allocated_anew();
	if (anew == KSFT_SKIP)
		SKIP(return, "no huge-zero to be had, or no PAGEMAP_SCAN to prove it (Linux 6.7)");
	if (anew != 1 && !nobody_holds_it())
		SKIP(return, "a process on this machine holds the huge zero folio, or this kernel never frees it: use a guest");
}

FIXTURE_TEARDOWN(zeropage_count)
{
	stage_clear(&self->none);
}

TEST_F(zeropage_count, life_of_mappings_gives_the_folio_back)
{
	COVERS(HZ_REFCOUNT);

	EXPECT_THAT(in_a_child(live_a_mappings_life) == 0, DISAGREE, "the mapping's life to go its way");
	if (folio_is_allocated_anew() == 1)
		return;
	if (!nobody_holds_it())
		SKIP(return, "another process may have taken the huge zero folio meanwhile: use a guest");
	CHARGE(EXTRA, "the huge zero folio to be freed once nobody maps it, and allocated anew; it is still held");
}

/* Set-up has seen it freed and allocated: whoever does that anew has to clear it anew. */
TEST_F(zeropage_count, folio_allocated_anew_reads_zero)
{
	COVERS(HZ_SHARED_INTACT);
	int result;

	if (folio_is_allocated_anew() != 1)
		SKIP(return, "a process on this machine holds the huge zero folio: use a guest");
	result = in_a_child(fresh_mapping_reads_zero);
	EXPECT_THAT(result == 0, LOST, "the huge zero folio, allocated anew, to read zero; %s",
		    result == 1 ? "it doesn't" : "none was to be had");
}
