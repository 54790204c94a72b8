// SPDX-License-Identifier: GPL-2.0
/*
 * Writers that aren't a CPU's plain store: the kernel on behalf of a process, also by force, and those that may not wait.
 * Why: debuggers, read(2) and signals write to memory too; whoever trusts the protection doesn't ask who wrote.
 */
#include <signal.h>
#include <sys/mman.h>

#include "../common/reshape.h"
#include "case.h"
#include "variants.h"

#define PAGE 5
#define VALUE 0xa5

/* The agent has ended with @error, and left page and protection as they were; nobody was told. */
static bool turned_away(const struct place *at, struct stage *s, int error)
{
	enum agent_state state = agent_settle(&s->writer, CASE_DEADLINE_MS);

	if (state != AGENT_DONE || s->writer.error != error)
		return check_charge(at, REQUIREMENT_NONE, state == AGENT_DONE && !s->writer.error ? LOST : HANG,
				   "the %s to give %s; it is %s, %s", agent_name(s->writer.kind), strerror(-error),
				   check_state(state), s->writer.error ? strerror(-s->writer.error) : "no error");
	return check_no_event(at, s) && check_look(at, s, &s->after, view_read) &&
	       check_same(at, s, &s->before, &s->after, 0, s->region.pages) && check_changed(at, s, NULL, 0);
}

/*
 * Writes through /proc/PID/mem, which don't wait for a fault to be resolved; where the mapping is read-only they are forced.
 */
FIXTURE(forced)
{
	struct stage s;
};

FIXTURE_VARIANT(forced)
{
	enum backing backing;
	int prot;
};

FIXTURE_VARIANT_ADD(forced, hugezero) { .backing = HUGE_ZERO, .prot = PROT_READ };
FIXTURE_VARIANT_ADD(forced, anonthp) { .backing = ANON_THP, .prot = PROT_READ };
FIXTURE_VARIANT_ADD(forced, base) { .backing = BASE_PAGES, .prot = PROT_READ };
FIXTURE_VARIANT_ADD(forced, writable_base) { .backing = BASE_PAGES, .prot = PROT_READ | PROT_WRITE };

/* That such a write works where nothing is protected: its error would prove nothing else. */
static int can_force(int prot, struct lack *lack)
{
	struct region r;
	int err = region_make_pages(&r, BASE_PAGES, 1), error = 0;

	if (err)
		return err;
	err = region_allow(&r, 0, 1, prot);
	agent_act(AGENT_PROC_MEM, r.start, VALUE, CASE_DEADLINE_MS, &error);
	region_free(&r);
	if (error)
		snprintf(lack->why, sizeof(lack->why),
			 "no forced writes (%s): build the kernel with CONFIG_PROC_MEM_ALWAYS_FORCE", strerror(-error));
	return err ? err : error;
}

FIXTURE_SETUP(forced)
{
	struct stage *s = &self->s;

	CASE_AGENT(AGENT_PROC_MEM);
	ARRANGE(can_force(variant->prot, &lack));
	CASE_REGISTERED_PAGES(s, SYNC, variant->backing, variant->backing == BASE_PAGES ? 16 : pmd_pages());
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

	START(s, &s->writer, AGENT_PROC_MEM, PAGE, VALUE);
	OR_LEAVE(turned_away(HERE, s, -EIO));

	ASSERT_OK(stage_unprotect(s, PAGE, PAGE + 1, 0));
	START(s, &s->second, AGENT_PROC_MEM, PAGE, VALUE);
	ASSERT_DONE(s, &s->second);
	EXPECT_WRITTEN_ONLY(s, AGENT_PROC_MEM, PAGE, VALUE);
}

/* The same where nobody needs to wait. */
FIXTURE(forced_async)
{
	struct stage s;
};

FIXTURE_VARIANT(forced_async)
{
	enum backing backing;
};

BACKING(forced_async, hugezero, HUGE_ZERO);
BACKING(forced_async, anonthp, ANON_THP);
BACKING(forced_async, base, BASE_PAGES);

FIXTURE_SETUP(forced_async)
{
	struct stage *s = &self->s;

	CASE_AGENT(AGENT_PROC_MEM);
	ARRANGE(can_force(PROT_READ, &lack));
	CASE_STAGE_PAGES(s, ASYNC, variant->backing, variant->backing == BASE_PAGES ? 16 : pmd_pages());
	ASSERT_OK(region_allow(&s->region, 0, s->region.pages, PROT_READ));
}

FIXTURE_TEARDOWN(forced_async)
{
	stage_clear(&self->s);
}

TEST_F(forced_async, write_is_reported)
{
	COVERS(WP_KERNEL_WRITERS, WP_NO_LOST_WRITE);
	struct stage *s = &self->s;

	ACT(s, AGENT_PROC_MEM, PAGE, VALUE);
	LOOK(s, &s->after);
	EXPECT_REPORTED(s, AGENT_PROC_MEM, PAGE);
	EXPECT_WRITTEN_ONLY(s, AGENT_PROC_MEM, PAGE, VALUE);
}

/* A descriptor of the kind that needs no privilege: the kernel may not wait for whoever reads it. */
FIXTURE(user_mode)
{
	struct stage s;
};

FIXTURE_VARIANT(user_mode)
{
	enum agent_kind writer;
};

FIXTURE_VARIANT_ADD(user_mode, read) { .writer = AGENT_READ };
FIXTURE_VARIANT_ADD(user_mode, vm_writev) { .writer = AGENT_VM_WRITEV };

FIXTURE_SETUP(user_mode)
{
	struct stage *s = &self->s;

	CASE_AGENT(variant->writer);
	ARRANGE(stage_region(s, BASE_PAGES, 16, &lack));
	ASSERT_OK(uffd_open_user_mode(&s->uffd, UFFD_FEATURE_PAGEFAULT_FLAG_WP));
	ASSERT_OK(stage_attach(s, SYNC));
	ASSERT_OK(stage_protect(s, 0, s->region.pages));
	LOOK(s, &s->before);
}

FIXTURE_TEARDOWN(user_mode)
{
	stage_clear(&self->s);
}

TEST_F(user_mode, kernels_writes_fail_and_stores_are_caught)
{
	COVERS(IF_PRIVILEGE, WP_KERNEL_WRITERS);
	struct stage *s = &self->s;

	START(s, &s->writer, variant->writer, PAGE, VALUE);
	OR_LEAVE(turned_away(HERE, s, -EFAULT));
	START(s, &s->second, AGENT_STORE, PAGE, VALUE);
	ASSERT_EVENT(s, PAGE);
	EXPECT_BLOCKED(s, &s->second);
}

/* With the SIGBUS feature nobody waits; the handler is where a collector un-protects the page. */
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
