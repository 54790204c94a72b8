// SPDX-License-Identifier: GPL-2.0
/*
 * Writers that may not wait: the kernel by force, with a lock held, or at a thread's end.
 * Why: debuggers and whoever ends write to memory too; whoever trusts the protection doesn't ask who wrote.
 */
#include <sys/mman.h>

#include "../common/reshape.h"
#include "refusal_checks.h"
#include "variants.h"

#define PAGE 5
#define VALUE 0xa5

static size_t few_pages(enum backing b)
{
	return b == BASE_PAGES || b == ZERO_PTES ? 16 : pmd_pages();
}

/* In sync mode they are turned away; through /proc/PID/mem and by ptrace also where the mapping is read-only. */
FIXTURE(forced)
{
	struct stage s;
};

FIXTURE_VARIANT(forced)
{
	enum backing backing;
	enum agent_kind writer;
	int prot;
	bool full;
};

#define FORCED(name, back, agent) FIXTURE_VARIANT_ADD(forced, name) { .backing = back, .writer = agent, .prot = PROT_READ }
#define NO_WAIT(name, back, agent) \
	FIXTURE_VARIANT_ADD(forced, name) { .backing = back, .writer = agent, .prot = PROT_READ | PROT_WRITE }
#define FULL_NO_WAIT(name, back, agent, may) \
	FIXTURE_VARIANT_ADD(forced, name) { .backing = back, .writer = agent, .prot = may, .full = true }

FORCED(hugezero, HUGE_ZERO, AGENT_PROC_MEM);
FORCED(anonthp, ANON_THP, AGENT_PROC_MEM);
FORCED(base, BASE_PAGES, AGENT_PROC_MEM);
NO_WAIT(writable_base, BASE_PAGES, AGENT_PROC_MEM);
FORCED(hugezero_poke, HUGE_ZERO, AGENT_POKE);
NO_WAIT(writable_base_poke, BASE_PAGES, AGENT_POKE);
FORCED(base_peer, BASE_PAGES, AGENT_PEER_PROC_MEM);
NO_WAIT(hugezero_futex, HUGE_ZERO, AGENT_FUTEX);
NO_WAIT(base_futex, BASE_PAGES, AGENT_FUTEX);
NO_WAIT(hugezero_clear_tid, HUGE_ZERO, AGENT_CLEAR_TID);
NO_WAIT(base_clear_tid, BASE_PAGES, AGENT_CLEAR_TID);
FULL_NO_WAIT(anonthp_poke, ANON_THP, AGENT_POKE, PROT_READ);
FULL_NO_WAIT(zeroptes_poke, ZERO_PTES, AGENT_POKE, PROT_READ | PROT_WRITE);
FULL_NO_WAIT(hugezero_peer, HUGE_ZERO, AGENT_PEER_PROC_MEM, PROT_READ | PROT_WRITE);
FULL_NO_WAIT(ptethp_futex, PTE_THP, AGENT_FUTEX, PROT_READ | PROT_WRITE);
FULL_NO_WAIT(zeroptes_futex, ZERO_PTES, AGENT_FUTEX, PROT_READ | PROT_WRITE);
FULL_NO_WAIT(anonthp_clear_tid, ANON_THP, AGENT_CLEAR_TID, PROT_READ | PROT_WRITE);

/* That such a write works where nothing is protected: its error would prove nothing else. */
static int can_force(enum agent_kind writer, int prot, struct lack *lack)
{
	struct region r;
	int err = region_make_pages(&r, BASE_PAGES, 1), error = 0;

	if (err)
		return err;
	err = region_allow(&r, 0, 1, prot);
	agent_act(writer, r.start, VALUE, CASE_DEADLINE_MS, &error);
	region_free(&r);
	if (error)
		snprintf(lack->why, sizeof(lack->why),
			 "no forced writes (%s): build the kernel with CONFIG_PROC_MEM_ALWAYS_FORCE", strerror(-error));
	return err ? err : error;
}

FIXTURE_SETUP(forced)
{
	struct stage *s = &self->s;

	if (variant->full)
		FULL_ONLY();
	CASE_AGENT(variant->writer);
	ARRANGE(can_force(variant->writer, variant->prot, &lack));
	CASE_REGISTERED_PAGES(s, SYNC, variant->backing, few_pages(variant->backing));
	ASSERT_OK(region_allow(&s->region, 0, s->region.pages, variant->prot));
	ASSERT_OK(stage_protect(s, 0, s->region.pages));
	LOOK(s, &s->before);
}

FIXTURE_TEARDOWN(forced)
{
	stage_clear(&self->s);
}

TEST_F(forced, write_fails_until_the_page_is_unprotected)
{
	COVERS(WP_KERNEL_WRITERS);
	struct stage *s = &self->s;

	START(s, &s->writer, variant->writer, PAGE, VALUE);
	OR_LEAVE(turned_away(HERE, s, agent_refusal(variant->writer)));

	ASSERT_OK(stage_unprotect(s, PAGE, PAGE + 1, 0));
	START(s, &s->second, variant->writer, PAGE, VALUE);
	ASSERT_DONE(s, &s->second);
	EXPECT_WRITTEN_ONLY(s, variant->writer, PAGE, VALUE);
}

/* The owner of a robust futex that ends while its word is protected; the word is put there before. */
FIXTURE(owner)
{
	struct stage s;
	struct change word[sizeof(uint32_t)];
};

FIXTURE_VARIANT(owner)
{
	enum region_mode mode;
};

FIXTURE_VARIANT_ADD(owner, sync) { .mode = SYNC };
FIXTURE_VARIANT_ADD(owner, async) { .mode = ASYNC };

FIXTURE_SETUP(owner)
{
	struct stage *s = &self->s;
	size_t i;

	CASE_AGENT(AGENT_ROBUST);
	CASE_REGISTERED_PAGES(s, variant->mode, BASE_PAGES, few_pages(BASE_PAGES));
	ASSERT_OK(agent_prepare(&s->writer, AGENT_ROBUST, stage_page(s, PAGE), 0));
	for (i = 0; i < sizeof(uint32_t); i++)
		self->word[i] = (struct change){ PAGE * page_size() + i, stage_page(s, PAGE)[i] };
	ASSERT_OK(stage_protect(s, 0, s->region.pages));
	LOOK(s, &s->before);
}

FIXTURE_TEARDOWN(owner)
{
	stage_clear(&self->s);
}

TEST_F(owner, end_is_told_by_the_futex_or_not_at_all)
{
	COVERS(WP_KERNEL_WRITERS);
	struct stage *s = &self->s;

	ASSERT_OK(agent_go(&s->writer));
	if (variant->mode == SYNC) {
		OR_LEAVE(turned_away_from(HERE, s, 0, self->word, ARRAY_SIZE(self->word)));
		return;
	}
	ASSERT_DONE(s, &s->writer);
	LOOK(s, &s->after);
	EXPECT_REPORTED(s, AGENT_ROBUST, PAGE);
	EXPECT_WRITTEN_ONLY(s, AGENT_ROBUST, PAGE, 0);
}

/* The same where nobody needs to wait. */
FIXTURE(forced_async)
{
	struct stage s;
};

FIXTURE_VARIANT(forced_async)
{
	enum backing backing;
	enum agent_kind writer;
	int prot;
	bool full;
};

#define TOLD(name, back, agent, may) \
	FIXTURE_VARIANT_ADD(forced_async, name) { .backing = back, .writer = agent, .prot = may }
#define FULL_TOLD(name, back, agent) \
	FIXTURE_VARIANT_ADD(forced_async, name) { \
		.backing = back, .writer = agent, .prot = PROT_READ | PROT_WRITE, .full = true }

TOLD(hugezero, HUGE_ZERO, AGENT_PROC_MEM, PROT_READ);
TOLD(anonthp, ANON_THP, AGENT_PROC_MEM, PROT_READ);
TOLD(base, BASE_PAGES, AGENT_PROC_MEM, PROT_READ);
TOLD(hugezero_poke, HUGE_ZERO, AGENT_POKE, PROT_READ);
TOLD(hugezero_futex, HUGE_ZERO, AGENT_FUTEX, PROT_READ | PROT_WRITE);
TOLD(base_clear_tid, BASE_PAGES, AGENT_CLEAR_TID, PROT_READ | PROT_WRITE);
FULL_TOLD(base_poke, BASE_PAGES, AGENT_POKE);
FULL_TOLD(anonthp_peer, ANON_THP, AGENT_PEER_PROC_MEM);
FULL_TOLD(unpopulated_futex, UNPOPULATED, AGENT_FUTEX);
FULL_TOLD(hugezero_clear_tid, HUGE_ZERO, AGENT_CLEAR_TID);

FIXTURE_SETUP(forced_async)
{
	struct stage *s = &self->s;

	if (variant->full)
		FULL_ONLY();
	CASE_AGENT(variant->writer);
	ARRANGE(can_force(variant->writer, variant->prot, &lack));
	CASE_STAGE_PAGES(s, ASYNC, variant->backing, few_pages(variant->backing));
	ASSERT_OK(region_allow(&s->region, 0, s->region.pages, variant->prot));
}

FIXTURE_TEARDOWN(forced_async)
{
	stage_clear(&self->s);
}

TEST_F(forced_async, write_is_reported)
{
	COVERS(WP_KERNEL_WRITERS, WP_NO_LOST_WRITE);
	struct stage *s = &self->s;

	ACT(s, variant->writer, PAGE, VALUE);
	LOOK(s, &s->after);
	EXPECT_REPORTED(s, variant->writer, PAGE);
	EXPECT_WRITTEN_ONLY(s, variant->writer, PAGE, VALUE);
}
