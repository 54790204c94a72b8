/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The functions behind case.h's macros. They stand in a header because the harness's bookkeeping is private to
 * each binary. Each returns whether all was well; when it wasn't, the violation is printed and the test has failed.
 */
#ifndef CASES_CASE_CHECKS_H
#define CASES_CASE_CHECKS_H

#include <errno.h>
#include <stdarg.h>

#define CASE_WHERE struct __test_metadata *_metadata, const char *file, int line
#define CASE_AT _metadata, file, line

/* A test and what it covers, linked into the section 'covers' by COVERS. */
struct covers {
	const char *test;		/* fixture_test, as the compiler names the body */
	const enum requirement *ids;	/* ends with REQUIREMENT_NONE */
};

/* What a failure prints of the test so far. */
static struct {
	char act[200];
	const struct view *before;
	const struct view *after;
} case_so_far;

extern const struct covers *const __start_covers[], *const __stop_covers[];

static const enum requirement __maybe_unused *case_covers(const char *fixture, const char *test)
{
	static const enum requirement none[] = { REQUIREMENT_NONE };
	const struct covers *const *c;
	size_t len = strlen(fixture);

	for (c = __start_covers; c < __stop_covers; c++)
		if (!strncmp((*c)->test, fixture, len) && (*c)->test[len] == '_' &&
		    !strcmp((*c)->test + len + 1, test))
			return (*c)->ids;
	return none;
}

/* "fixture.variant.test", as the harness prints it. */
static void __maybe_unused case_name(struct __test_metadata *_metadata, char *name, size_t len)
{
	const struct __fixture_variant_metadata *v = _metadata->fixture->variant;

	while (v && v->data != _metadata->variant)
		v = v->next;
	snprintf(name, len, "%s%s%s.%s", _metadata->fixture->name, v ? "." : "", v ? v->name : "",
		 _metadata->name);
}

static void __maybe_unused case_print_views(FILE *out)
{
	if (case_so_far.before && case_so_far.before != case_so_far.after)
		view_print(out, "#   before  ", case_so_far.before, NULL);
	if (case_so_far.after)
		view_print(out, "#   after   ", case_so_far.after, case_so_far.before);
}

/* Prints the violation in one piece, and fails the test. Always false, so that checks can return it. */
static bool __maybe_unused __attribute__((format(printf, 6, 7)))
case_charge(CASE_WHERE, enum requirement id, enum violation class, const char *wanted, ...)
{
	const char *binary = strrchr(program_invocation_name, '/');
	char name[256], text[300];
	va_list args;

	va_start(args, wanted);
	vsnprintf(text, sizeof(text), wanted, args);
	va_end(args);
	case_name(_metadata, name, sizeof(name));
	if (id == REQUIREMENT_NONE)
		id = case_covers(_metadata->fixture->name, _metadata->name)[0];
	printf("# VIOLATED %s (%s) %s:%d\n", requirement_id(id), violation_name(class), file, line);
	if (case_so_far.act[0])
		printf("#   act     %s\n", case_so_far.act);
	printf("#   wanted  %s\n", text);
	case_print_views(stdout);
	printf("#   alone   cases/%s -r %s\n", binary ? binary + 1 : program_invocation_name, name);
	fflush(stdout);
	_metadata->exit_code = KSFT_FAIL;
	return false;
}

static bool __maybe_unused case_ok(CASE_WHERE, const char *call, int result)
{
	if (result >= 0)
		return true;
	return case_charge(CASE_AT, REQUIREMENT_NONE, INTERFACE, "%s to succeed; it gave %s", call,
			   strerror(-result));
}

static bool __maybe_unused case_error(CASE_WHERE, const char *call, int result, int error)
{
	if (result == error)
		return true;
	return case_charge(CASE_AT, REQUIREMENT_NONE, INTERFACE, "%s to give %s; it gave %s", call,
			   strerror(-error), result < 0 ? strerror(-result) : "success");
}

/* Facts that a kernel without PAGEMAP_SCAN can't tell are not asked for. */
static uint32_t __maybe_unused case_known(const struct view *v)
{
	return v->scan ? ~0U : (uint32_t)(PRESENT | SWAPPED | FILE_BACKED | WP);
}

/*
 * What a wrong fact means. A page that should be written and isn't, or has lost its bit with nobody told, is a write
 * that goes unseen, now or later; one that is reported or faults without need is cost; anything else is a story
 * that doesn't fit.
 */
static enum violation __maybe_unused case_class(const struct stage *s, uint32_t seen, uint32_t set,
						uint32_t clear)
{
	uint32_t missing = set & ~seen, surplus = clear & seen;
	bool told = s->region.mode == ASYNC && seen & WRITTEN;

	if (missing & (PRESENT | HUGE | ANON | ZERO))
		return DISAGREE;
	if (missing & WRITTEN || (missing & WP && !told))
		return LOST;
	if (surplus & WP && s->region.mode == ASYNC)
		return LOST;
	if (missing & WP || surplus & (WRITTEN | WP))
		return EXTRA;
	return DISAGREE;
}

static bool __maybe_unused case_pages(CASE_WHERE, struct stage *s, const struct view *v, size_t first,
				      size_t end, uint32_t set, uint32_t clear)
{
	char want[96], not[96], seen[96];
	ssize_t page;

	set &= case_known(v);
	clear &= case_known(v);
	page = view_find_not(v, first, end, set, clear);
	if (page < 0)
		return true;
	facts_text(set | PRESENT, want, sizeof(want));
	facts_text(clear | PRESENT, not, sizeof(not));
	return case_charge(CASE_AT, REQUIREMENT_NONE, case_class(s, v->page[page], set, clear),
			   "pages [%zu..%zu) %s%s%s; page %zu is %s", first, end, set ? want : "",
			   clear ? ", not " : "", clear ? not : "", page,
			   facts_text(v->page[page], seen, sizeof(seen)));
}

/* EXCLUSIVE, SOFT_DIRTY and ACCESSED change by the kernel's own bookkeeping. */
#define CASE_STABLE_FACTS (WPALLOWED | WRITTEN | FILE_BACKED | PRESENT | SWAPPED | ZERO | HUGE | GUARD | WP | ANON)

static bool __maybe_unused case_same(CASE_WHERE, struct stage *s, const struct view *one,
				     const struct view *other, size_t first, size_t end)
{
	size_t i;

	for (i = first; i < end; i++) {
		uint32_t changed = (one->page[i] ^ other->page[i]) & CASE_STABLE_FACTS;

		if (changed)
			return case_charge(CASE_AT, REQUIREMENT_NONE,
					   case_class(s, other->page[i], one->page[i] & changed, ~one->page[i] & changed),
					   "pages [%zu..%zu) unchanged; page %zu changed", first, end, i);
	}
	return true;
}

static bool __maybe_unused case_grew(CASE_WHERE, const struct view *before, const struct view *after,
				     enum counter c, uint64_t by)
{
	if (after->counter[c] >= before->counter[c] + by)
		return true;
	return case_charge(CASE_AT, REQUIREMENT_NONE, DISAGREE, "%s to grow by %llu at least; it grew by %llu",
			   counter_name(c), (unsigned long long)by,
			   (unsigned long long)(after->counter[c] - before->counter[c]));
}

static bool __maybe_unused case_look(CASE_WHERE, struct stage *s, struct view *v,
				     int (*read_view)(struct view *v, const struct region *r))
{
	int err = read_view(v, &s->region);

	if (err)
		return case_ok(CASE_AT, "reading the view", err);
	case_so_far.before = case_so_far.after ? case_so_far.after : v;
	case_so_far.after = v;
	if (v->dispute.text[0])
		case_charge(CASE_AT, PM_AGREE, DISAGREE, "witnesses that agree; %s", v->dispute.text);
	return true;
}

static const char __maybe_unused *case_state(enum agent_state state)
{
	return state == AGENT_DONE ? "done" : state == AGENT_BLOCKED ? "blocked" : "running";
}

static void __maybe_unused case_act_text(const struct stage *s, const struct agent *a, const char *state)
{
	snprintf(case_so_far.act, sizeof(case_so_far.act), "%s of 0x%02x at page %zu: %s%s%s",
		 agent_name(a->kind), a->value, (size_t)(a->addr - s->region.start) / page_size(), state,
		 a->error ? ", " : "", a->error ? strerror(-a->error) : "");
}

static bool __maybe_unused case_start_at(CASE_WHERE, struct stage *s, struct agent *a, enum agent_kind kind,
					 size_t page, size_t offset, uint8_t value)
{
	int err = agent_start(a, kind, stage_page(s, page) + offset, value);

	case_act_text(s, a, "started");
	return err ? case_ok(CASE_AT, "starting the agent", err) : true;
}

static bool __maybe_unused case_start(CASE_WHERE, struct stage *s, struct agent *a, enum agent_kind kind,
				      size_t page, uint8_t value)
{
	return case_start_at(CASE_AT, s, a, kind, page, 0, value);
}

static bool __maybe_unused case_done(CASE_WHERE, struct stage *s, struct agent *a)
{
	enum agent_state state = agent_join(a, CASE_DEADLINE_MS);

	case_act_text(s, a, case_state(state));
	if (state != AGENT_DONE)
		return case_charge(CASE_AT, REQUIREMENT_NONE, HANG, "the %s to end; after %d s it is %s",
				   agent_name(a->kind), CASE_DEADLINE_MS / 1000, case_state(state));
	if (a->error)
		return case_charge(CASE_AT, REQUIREMENT_NONE, INTERFACE, "the %s to work; it gave %s",
				   agent_name(a->kind), strerror(-a->error));
	return true;
}

static bool __maybe_unused case_blocked(CASE_WHERE, struct stage *s, struct agent *a)
{
	enum agent_state state = agent_settle(a, CASE_DEADLINE_MS);

	case_act_text(s, a, case_state(state));
	if (state == AGENT_BLOCKED)
		return true;
	return case_charge(CASE_AT, REQUIREMENT_NONE, state == AGENT_DONE ? LOST : HANG,
			   "the %s to wait in its fault; it is %s", agent_name(a->kind), case_state(state));
}

static bool __maybe_unused case_asleep(CASE_WHERE, struct stage *s, struct agent *a)
{
	enum agent_state state = agent_state(a);

	case_act_text(s, a, case_state(state));
	if (state == AGENT_BLOCKED)
		return true;
	return case_charge(CASE_AT, REQUIREMENT_NONE, INTERFACE, "the %s to sleep on in its fault; it was woken",
			   agent_name(a->kind));
}

static bool __maybe_unused case_woken(CASE_WHERE, struct stage *s, struct agent *a)
{
	enum agent_state state = agent_state(a);

	case_act_text(s, a, case_state(state));
	if (state != AGENT_BLOCKED)
		return true;
	return case_charge(CASE_AT, REQUIREMENT_NONE, HANG, "the %s to be woken; it sleeps on in its fault",
			   agent_name(a->kind));
}

static bool __maybe_unused case_act(CASE_WHERE, struct stage *s, enum agent_kind kind, size_t page,
				    uint8_t value)
{
	struct agent a;
	bool done;

	if (!case_start(CASE_AT, s, &a, kind, page, value))
		return false;
	done = case_done(CASE_AT, s, &a);
	agent_free(&a);
	return done;
}

static bool __maybe_unused case_act_by(CASE_WHERE, const char *call, int result)
{
	snprintf(case_so_far.act, sizeof(case_so_far.act), "%s", call);
	return case_ok(CASE_AT, call, result);
}

/* The event's fields, in the words of userfaultfd.h. */
static bool __maybe_unused case_judge_event(CASE_WHERE, const struct uffd_msg *msg, const char *addr)
{
	uint64_t flags = UFFD_PAGEFAULT_FLAG_WRITE | UFFD_PAGEFAULT_FLAG_WP;

	if (msg->event != UFFD_EVENT_PAGEFAULT)
		return case_charge(CASE_AT, EV_ONE, INTERFACE, "a PAGEFAULT event; it is 0x%02x", msg->event);
	if (msg->arg.pagefault.flags != flags)
		return case_charge(CASE_AT, EV_ONE, INTERFACE, "flags WRITE|WP; they are 0x%llx",
				   (unsigned long long)msg->arg.pagefault.flags);
	if (msg->arg.pagefault.address != (uintptr_t)addr)
		return case_charge(CASE_AT, EV_ADDRESS, INTERFACE, "address %p; it is 0x%llx", addr,
				   (unsigned long long)msg->arg.pagefault.address);
	return true;
}

/* Takes the next one, of whatever kind. */
static bool __maybe_unused case_take(CASE_WHERE, struct stage *s, const char *what, struct uffd_msg *msg)
{
	int got = pump_next(&s->pump, msg, CASE_DEADLINE_MS);

	if (got < 0)
		return case_ok(CASE_AT, "waiting for the event", got);
	if (!got)
		return case_charge(CASE_AT, REQUIREMENT_NONE, LOST, "an event %s; none came in %d s", what,
				   CASE_DEADLINE_MS / 1000);
	return true;
}

static bool __maybe_unused case_event_at(CASE_WHERE, struct stage *s, size_t page, size_t offset)
{
	char what[40];
	struct uffd_msg msg;

	snprintf(what, sizeof(what), "for page %zu", page);
	return case_take(CASE_AT, s, what, &msg) &&
	       case_judge_event(CASE_AT, &msg, stage_page(s, page) + offset);
}

static bool __maybe_unused case_event(CASE_WHERE, struct stage *s, size_t page)
{
	return case_event_at(CASE_AT, s, page, 0);
}

static bool __maybe_unused case_events(CASE_WHERE, struct stage *s, const size_t *pages, size_t n)
{
	bool taken[64] = { false };
	struct uffd_msg msg;
	size_t i, k;

	for (i = 0; i < n; i++) {
		if (!case_take(CASE_AT, s, "for each writer", &msg))
			return false;
		for (k = 0; k < n; k++)
			if (!taken[k] && msg.arg.pagefault.address == (uintptr_t)stage_page(s, pages[k]))
				break;
		if (k == n)
			return case_charge(CASE_AT, REQUIREMENT_NONE, EXTRA,
					   "one event for each writer; event %zu, at 0x%llx, is none of theirs or the second",
					   i, (unsigned long long)msg.arg.pagefault.address);
		taken[k] = true;
		if (!case_judge_event(CASE_AT, &msg, stage_page(s, pages[k])))
			return false;
	}
	return true;
}

static bool __maybe_unused case_no_event(CASE_WHERE, struct stage *s)
{
	int got = pump_drain(&s->pump);

	if (!got)
		return true;
	return case_charge(CASE_AT, REQUIREMENT_NONE, EXTRA, "no event; %d came", got);
}

/* The bytes that an agent's write to @page leaves; how many, 9 at most. */
static size_t __maybe_unused case_changes(const struct stage *s, enum agent_kind kind, size_t page,
					  uint8_t value, struct change *c)
{
	size_t first = page * page_size(), n = agent_writes(kind) && kind != AGENT_FORK_CHILD, i;

	(void)s;
	if (kind == AGENT_STRADDLE) {
		first = (page + 1) * page_size() - 4;
		n = 8;
	}
	for (i = 0; i < n; i++)
		c[i] = (struct change){ first + i, value };
	return n;
}

static bool __maybe_unused case_changed(CASE_WHERE, struct stage *s, const struct change *changes, size_t n)
{
	ssize_t wrong = region_check(&s->region, changes, n);

	if (wrong < 0)
		return true;
	return case_charge(CASE_AT, REQUIREMENT_NONE, LOST,
			   "the content to be the set-up's%s; page %zu differs",
			   n ? " and what was written" : "", wrong);
}

static bool __maybe_unused case_content(CASE_WHERE, struct stage *s, enum agent_kind kind, size_t page,
					uint8_t value)
{
	struct change changes[9];
	size_t n = case_changes(s, kind, page, value, changes);

	return case_changed(CASE_AT, s, changes, n);
}

/* How many pages from @page on an agent's act touches. */
static size_t __maybe_unused case_touches(enum agent_kind kind)
{
	return kind == AGENT_STRADDLE ? 2 : 1;
}

/* Every page that wasn't touched, but for those of a PMD that stayed huge over the write. */
static bool __maybe_unused case_others(CASE_WHERE, struct stage *s, size_t page, size_t touched,
				       uint32_t set, uint32_t clear)
{
	const struct view *v = &s->after;
	size_t i;

	for (i = 0; i < v->pages; i++) {
		bool same_pmd = i / pmd_pages() == page / pmd_pages() ||
				i / pmd_pages() == (page + touched - 1) / pmd_pages();

		if (i >= page && i < page + touched)
			continue;
		if (same_pmd && v->page[i] & HUGE)
			continue;
		if (!case_pages(CASE_AT, s, v, i, i + 1, set, clear))
			return false;
	}
	return true;
}

static bool __maybe_unused case_reported(CASE_WHERE, struct stage *s, enum agent_kind kind, size_t page)
{
	size_t touched = case_touches(kind);
	uint32_t kept = s->before.page[page + touched] & (ZERO | PRESENT | ANON);
	bool good;

	good = case_pages(CASE_AT, s, &s->after, page, page + touched, PRESENT | ANON | WRITTEN, WP | ZERO);
	return case_others(CASE_AT, s, page, touched, kept | WP, WRITTEN) && good;
}

static bool __maybe_unused case_held(CASE_WHERE, struct stage *s, const struct view *before,
				     const struct view *after, size_t page)
{
	/* The event for an unpopulated page may come once it is populated, protected: de facto, to 7.3. */
	bool populated = !(before->page[page] & PRESENT);

	if (populated && !case_pages(CASE_AT, s, after, page, page + 1, WP, WRITTEN))
		return false;
	return case_same(CASE_AT, s, before, after, 0, page) &&
	       case_same(CASE_AT, s, before, after, page + populated, s->region.pages);
}

static bool __maybe_unused case_resolved(CASE_WHERE, struct stage *s, enum agent_kind kind, size_t page)
{
	if (!case_ok(CASE_AT, "un-protecting the touched page", stage_unprotect(s, page, page + 1, 0)))
		return false;
	if (case_touches(kind) == 1)
		return true;
	return case_event(CASE_AT, s, page + 1) &&
	       case_ok(CASE_AT, "un-protecting the second page", stage_unprotect(s, page + 1, page + 2, 0));
}

static bool __maybe_unused case_freed(CASE_WHERE, struct stage *s, enum agent_kind kind, size_t page)
{
	size_t touched = case_touches(kind);

	return case_pages(CASE_AT, s, &s->after, page, page + touched, PRESENT | WRITTEN, WP) &&
	       case_pages(CASE_AT, s, &s->after, 0, page, WP, WRITTEN) &&
	       case_pages(CASE_AT, s, &s->after, page + touched, s->region.pages, WP, WRITTEN);
}

static bool __maybe_unused case_fell_back(const struct stage *s)
{
	return s->after.counter[THP_FAULT_FALLBACK] > s->before.counter[THP_FAULT_FALLBACK];
}

#endif /* CASES_CASE_CHECKS_H */
