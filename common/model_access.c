// SPDX-License-Identifier: GPL-2.0
/* Writers and readers: do they wait when they must, and only then; what is seen while they wait. */
#include <string.h>

#include "model_impl.h"
#include "settings.h"

static bool differ_by_state(struct model_run *run, const struct agent *a, enum agent_state state)
{
	bool async = run->model.mode == ASYNC;

	if (state == AGENT_RUNNING)
		return model_differ(&run->difference, async ? AS_NO_EVENT : EV_ONE, HANG,
				    "the %s to be done or to wait in its fault; it does neither", agent_name(a->kind));
	if (state == AGENT_BLOCKED)
		return model_differ(&run->difference, async ? AS_NO_EVENT : EV_ONE, EXTRA,
				    "the %s to go through; it waits in its fault", agent_name(a->kind));
	return model_differ(&run->difference, op_traits[run->now.kind].inside == WP_KERNEL_WRITERS ? WP_KERNEL_WRITERS : EV_ONE,
			    LOST, "the %s to wait in its fault; it went through", agent_name(a->kind));
}

/* Whoever is done was told to be: no error, no event left. */
static bool ended_well(struct model_run *run, const struct agent *a)
{
	int events = run->stage.pump.impl ? pump_drain(&run->stage.pump) : 0;

	if (a->error)
		return model_differ(&run->difference, op_traits[run->now.kind].inside, INTERFACE,
				    "the %s to work; it gave %s", agent_name(a->kind), strerror(-a->error));
	if (events)
		return model_differ(&run->difference, run->model.mode == ASYNC ? AS_NO_EVENT : EV_ONE, EXTRA,
				    "no event; %d came", events);
	return true;
}

static bool event_fits(struct model_run *run, const char *at)
{
	struct model_difference *d = &run->difference;
	struct uffd_msg msg;
	int got = pump_next(&run->stage.pump, &msg, settings_patience_ms());

	if (got <= 0)
		return model_differ(d, EV_ONE, LOST, "an event; none came");
	if (msg.event != UFFD_EVENT_PAGEFAULT ||
	    msg.arg.pagefault.flags != (UFFD_PAGEFAULT_FLAG_WRITE | UFFD_PAGEFAULT_FLAG_WP))
		return model_differ(d, EV_ONE, INTERFACE, "a PAGEFAULT with WRITE|WP; it is 0x%02x with 0x%llx", msg.event,
				    (unsigned long long)msg.arg.pagefault.flags);
	if (msg.arg.pagefault.address != (uintptr_t)at)
		return model_differ(d, EV_ADDRESS, INTERFACE, "address %p; it is 0x%llx", (const void *)at,
				    (unsigned long long)msg.arg.pagefault.address);
	return true;
}

/* An unpopulated page may be populated before its writer is held up: de facto, to 7.3. */
static void may_be_populated(struct model_page *p)
{
	if (p->may == MODEL_NONE)
		p->may |= MODEL_ZERO | MODEL_ANON;
}

/* While a writer waits nothing has changed. */
static bool held(struct model_run *run, const struct op *op, int *err)
{
	bool huge = run->model.pmd[op->first / pmd_pages()].size == MODEL_HUGE;

	may_be_populated(&run->model.page[op->first]);
	if (model_look(run, op, err))
		return true;
	if (huge && run->difference.id == EV_CONTENT_HELD)
		run->difference.id = HZ_SYNC_EVENT;
	return false;
}

static bool blocked_and_released(struct model_run *run, struct agent *a, const struct op *op, int *err)
{
	enum agent_state state;

	if (!event_fits(run, a->addr) || !held(run, op, err))
		return false;
	*err = stage_unprotect(&run->stage, op->first, op->end, 0);
	if (*err)
		return false;
	state = agent_join(a, settings_patience_ms());
	return state == AGENT_DONE ||
	       model_differ(&run->difference, EV_ALL_WAITERS, HANG, "the %s to go on after un-protecting; it is %s",
			    agent_name(a->kind), state == AGENT_BLOCKED ? "blocked" : "running");
}

/* A reader got what the page holds. */
static bool read_well(struct model_run *run, const struct agent *a, const struct op *op)
{
	const struct model_page *p = &run->model.page[op->first];

	if (agent_writes(a->kind) || p->lazy || a->value == p->first)
		return true;
	return model_differ(&run->difference, WP_READ_KEEPS, LOST, "0x%02x to be read from page %zu; it is 0x%02x", p->first,
			    op->first, a->value);
}

/* A writer that may not wait gets an error instead, and so does a forced write where the kernel allows none. */
static bool turned_away(const struct model_run *run, const struct op *op, enum agent_state state)
{
	return op->kind == OP_PROC_MEM && (model_blocks(&run->model, op) || run->model.page[op->first].locked) &&
	       state == AGENT_DONE && run->stage.writer.error;
}

int model_access(struct model_run *run, const struct op *op)
{
	struct agent *a = &run->stage.writer;
	enum agent_kind kind = op_traits[op->kind].agent;
	bool waits = agent_writes(kind) && model_blocks(&run->model, op), good = false;
	enum agent_state state;
	int err;

	err = agent_start(a, kind, stage_page(&run->stage, op->first), run->value);
	if (err)
		return err;
	state = agent_settle(a, settings_patience_ms());
	if (turned_away(run, op, state)) {
		may_be_populated(&run->model.page[op->first]);
		err = a->error;
	} else if (state != (waits ? AGENT_BLOCKED : AGENT_DONE)) {
		good = differ_by_state(run, a, state);
	} else {
		good = !waits || blocked_and_released(run, a, op, &err);
	}
	if (good && ended_well(run, a))
		read_well(run, a, op);
	/* One that waits is freed when its descriptor is closed: model_run_end(). */
	if (agent_state(a) == AGENT_DONE)
		agent_free(a);
	return err;
}
