// SPDX-License-Identifier: GPL-2.0
/*
 * With the SIGBUS feature nobody waits; the handler is where a collector un-protects the page.
 * Why: a collector that runs in the writers' own threads has no other moment, and none to wait for.
 */
#include <signal.h>

#include "refusal_checks.h"
#include "variants.h"

#define PAGE 5
#define VALUE 0xa5

FIXTURE(sigbus)
{
	struct stage s;
};

FIXTURE_VARIANT(sigbus)
{
	enum backing backing;
};

BACKING(sigbus, hugezero, HUGE_ZERO);
BACKING(sigbus, base, BASE_PAGES);

static struct {
	struct stage *s;
	uintptr_t address;
	int count;
	bool held;		/* nothing was written when it came */
} bus;

static void unprotect_in_handler(int sig, siginfo_t *info, void *context)
{
	(void)sig;
	(void)context;
	bus.address = (uintptr_t)info->si_addr;
	bus.held = *(uint8_t *)stage_page(bus.s, PAGE) != VALUE;
	bus.count++;
	stage_unprotect(bus.s, PAGE, PAGE + 1, 0);
}

FIXTURE_SETUP(sigbus)
{
	struct sigaction handler = { .sa_sigaction = unprotect_in_handler, .sa_flags = SA_SIGINFO };
	struct stage *s = &self->s;

	CASE_AGENT(AGENT_STORE);
	ARRANGE(stage_region(s, variant->backing, variant->backing == HUGE_ZERO ? pmd_pages() : 16, &lack));
	ARRANGE(stage_register(s, SYNC, UFFD_FEATURE_SIGBUS, &lack));
	ASSERT_OK(stage_protect(s, 0, s->region.pages));
	bus.s = s;
	sigaction(SIGBUS, &handler, NULL);
	LOOK(s, &s->before);
}

FIXTURE_TEARDOWN(sigbus)
{
	stage_clear(&self->s);
}

TEST_F(sigbus, store_gets_the_signal_and_no_event_comes)
{
	COVERS(EV_SIGBUS);
	struct stage *s = &self->s;

	START(s, &s->writer, AGENT_STORE, PAGE, VALUE);
	EXPECT_THAT(agent_settle(&s->writer, CASE_DEADLINE_MS) == AGENT_DONE, HANG,
		    "the store to go on after the handler; it is %s", check_state(agent_state(&s->writer)));
	EXPECT_THAT(bus.count == 1 && bus.held && bus.address == (uintptr_t)stage_page(s, PAGE), LOST,
		    "one SIGBUS at the page, before it is written; %d came, the last at 0x%lx", bus.count,
		    (unsigned long)bus.address);
	EXPECT_NO_EVENT(s);
	LOOK(s, &s->after);
	EXPECT_PAGES(s, &s->after, PAGE + 1, s->region.pages, WP, WRITTEN);
}

TEST_F(sigbus, kernels_write_fails_and_the_page_stays_protected)
{
	COVERS(EV_SIGBUS, WP_KERNEL_WRITERS);
	struct stage *s = &self->s;

	START(s, &s->writer, AGENT_READ, PAGE, VALUE);
	OR_LEAVE(turned_away(HERE, s, -EFAULT));
}
