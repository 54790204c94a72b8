/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The functions behind case.h's macros. They stand in a header because the harness's bookkeeping is private to
 * each binary. Each returns whether all was well; when it wasn't, the violation is printed and the test has failed.
 */
#ifndef CASES_CASE_CHECKS_H
#define CASES_CASE_CHECKS_H

#include <errno.h>
#include <stdarg.h>

#include "../common/klog.h"

/* Where a check stands, for the violation that it may print. */
struct place {
	struct __test_metadata *test;
	const char *file;
	int line;
};

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
	const struct klog_report *log;
} so_far;

extern const struct covers *const __start_covers[], *const __stop_covers[];

static const enum requirement __maybe_unused *check_covers(const char *fixture, const char *test)
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
static void __maybe_unused check_name(const struct __test_metadata *t, char *name, size_t len)
{
	const struct __fixture_variant_metadata *v = t->fixture->variant;

	while (v && v->data != t->variant)
		v = v->next;
	snprintf(name, len, "%s%s%s.%s", t->fixture->name, v ? "." : "", v ? v->name : "",
		 t->name);
}

static void __maybe_unused check_print_views(FILE *out)
{
	if (so_far.before && so_far.before != so_far.after)
		view_print(out, "#   before  ", so_far.before, NULL);
	if (so_far.after)
		view_print(out, "#   after   ", so_far.after, so_far.before);
}

static void __maybe_unused check_print_log(FILE *out)
{
	size_t i;

	for (i = 0; so_far.log && i < so_far.log->lines; i++)
		fprintf(out, "#   log     %s\n", so_far.log->line[i]);
}

/* Prints the violation in one piece, and fails the test. Always false, so that checks can return it. */
static bool __maybe_unused __printf(4, 5)
check_charge(const struct place *at, enum requirement id, enum violation class, const char *wanted, ...)
{
	const char *binary = strrchr(program_invocation_name, '/');
	char name[256], text[300];
	va_list args;

	va_start(args, wanted);
	vsnprintf(text, sizeof(text), wanted, args);
	va_end(args);
	check_name(at->test, name, sizeof(name));
	if (id == REQUIREMENT_NONE)
		id = check_covers(at->test->fixture->name, at->test->name)[0];
	printf("# VIOLATED %s (%s) %s:%d\n", requirement_id(id), violation_name(class), at->file, at->line);
	if (so_far.act[0])
		printf("#   act     %s\n", so_far.act);
	printf("#   wanted  %s\n", text);
	check_print_views(stdout);
	check_print_log(stdout);
	printf("#   alone   cases/%s -r %s\n", binary ? binary + 1 : program_invocation_name, name);
	fflush(stdout);
	at->test->exit_code = KSFT_FAIL;
	return false;
}

static bool __maybe_unused check_ok(const struct place *at, const char *call, int result)
{
	if (result >= 0)
		return true;
	return check_charge(at, REQUIREMENT_NONE, INTERFACE, "%s to succeed; it gave %s", call,
			   strerror(-result));
}

static bool __maybe_unused check_error(const struct place *at, const char *call, int result, int error)
{
	if (result == error)
		return true;
	return check_charge(at, REQUIREMENT_NONE, INTERFACE, "%s to give %s; it gave %s", call,
			   strerror(-error), result < 0 ? strerror(-result) : "success");
}

/* Facts that a kernel without PAGEMAP_SCAN can't tell are not asked for. */
static uint32_t __maybe_unused check_known(const struct view *v)
{
	return v->scan ? ~0U : (uint32_t)(PRESENT | SWAPPED | FILE_BACKED | WP);
}

/*
 * What a wrong fact means. A page that should be written and isn't, or has lost its bit with nobody told, is a write
 * that goes unseen, now or later; one that is reported or faults without need is cost; anything else is a story
 * that doesn't fit.
 */
static enum violation __maybe_unused check_class(const struct stage *s, uint32_t seen, uint32_t set,
						uint32_t clear)
{
	uint32_t missing = set & ~seen, surplus = clear & seen;
	bool told = s->region.mode == ASYNC && seen & WRITTEN;

	if (missing & (PRESENT | HUGE | ANON | ZERO | FILE_BACKED))
		return DISAGREE;
	if (missing & WRITTEN || (missing & WP && !told))
		return LOST;
	if (surplus & WP && s->region.mode == ASYNC)
		return LOST;
	if (missing & WP || surplus & (WRITTEN | WP))
		return EXTRA;
	return DISAGREE;
}

static bool __maybe_unused check_pages(const struct place *at, struct stage *s, const struct view *v, size_t first,
				      size_t end, uint32_t set, uint32_t clear)
{
	char want[96], not[96], seen[96];
	ssize_t page;

	set &= check_known(v);
	clear &= check_known(v);
	page = view_find_not(v, first, end, set, clear);
	if (page < 0)
		return true;
	facts_words(set, want, sizeof(want));
	facts_words(clear, not, sizeof(not));
	return check_charge(at, REQUIREMENT_NONE, check_class(s, v->page[page], set, clear),
			   "pages [%zu..%zu) %s%s%s; page %zu is %s", first, end, set ? want : "",
			   clear ? ", not " : "", clear ? not : "", page,
			   facts_text(v->page[page], seen, sizeof(seen)));
}

/* EXCLUSIVE, SOFT_DIRTY and ACCESSED change by the kernel's own bookkeeping. */
#define CASE_STABLE_FACTS (WPALLOWED | WRITTEN | FILE_BACKED | PRESENT | SWAPPED | ZERO | HUGE | GUARD | WP | ANON)

static bool __maybe_unused check_same(const struct place *at, struct stage *s, const struct view *one,
				     const struct view *other, size_t first, size_t end)
{
	size_t i;

	for (i = first; i < end; i++) {
		uint32_t changed = (one->page[i] ^ other->page[i]) & CASE_STABLE_FACTS;

		if (changed)
			return check_charge(at, REQUIREMENT_NONE,
					   check_class(s, other->page[i], one->page[i] & changed, ~one->page[i] & changed),
					   "pages [%zu..%zu) unchanged; page %zu changed", first, end, i);
	}
	return true;
}

static bool __maybe_unused check_grew(const struct place *at, const struct view *before, const struct view *after,
				     enum counter c, uint64_t by)
{
	if (after->counter[c] >= before->counter[c] + by)
		return true;
	return check_charge(at, REQUIREMENT_NONE, DISAGREE, "%s to grow by %llu at least; it grew by %llu",
			   counter_name(c), (unsigned long long)by,
			   (unsigned long long)(after->counter[c] - before->counter[c]));
}

/* The rule of rules, asked of the hardware at every look: what carries the bit can't be written to. */
static bool __maybe_unused check_write_bits(const struct place *at, const struct view *v)
{
	size_t i;

	for (i = 0; i < v->pages; i++)
		if (v->page[i] & WP && v->page[i] & HW_RW)
			return check_charge(at, WP_NEVER_WRITABLE, LOST,
					    "no page both rw and wp; page %zu is, says the page-table dump", i);
	return true;
}

static bool __maybe_unused check_look(const struct place *at, struct stage *s, struct view *v,
				     int (*read_view)(struct view *v, const struct region *r))
{
	int err = read_view(v, &s->region);

	if (err)
		return check_ok(at, "reading the view", err);
	so_far.before = so_far.after ? so_far.after : v;
	so_far.after = v;
	if (v->dispute.text[0])
		check_charge(at, PM_AGREE, DISAGREE, "witnesses that agree; %s", v->dispute.text);
	check_write_bits(at, v);
	return true;
}

static const char __maybe_unused *check_state(enum agent_state state)
{
	return state == AGENT_DONE ? "done" : state == AGENT_BLOCKED ? "blocked" : "running";
}

static void __maybe_unused check_act_text(const struct stage *s, const struct agent *a, const char *state)
{
	snprintf(so_far.act, sizeof(so_far.act), "%s of 0x%02x at page %zu: %s%s%s",
		 agent_name(a->kind), a->value, (size_t)(a->addr - s->region.start) / page_size(), state,
		 a->error ? ", " : "", a->error ? strerror(-a->error) : "");
}

static bool __maybe_unused check_start_at(const struct place *at, struct stage *s, struct agent *a, enum agent_kind kind,
					 size_t page, size_t offset, uint8_t value)
{
	int err = agent_start(a, kind, stage_page(s, page) + offset, value);

	check_act_text(s, a, "started");
	return err ? check_ok(at, "starting the agent", err) : true;
}

static bool __maybe_unused check_start(const struct place *at, struct stage *s, struct agent *a, enum agent_kind kind,
				      size_t page, uint8_t value)
{
	return check_start_at(at, s, a, kind, page, 0, value);
}

/* In async mode nobody may sleep in a userfault, whatever the test is about. */
static enum requirement __maybe_unused check_whose_hang(const struct stage *s, enum agent_state state)
{
	return state == AGENT_BLOCKED && s->region.mode == ASYNC ? AS_NO_EVENT : REQUIREMENT_NONE;
}

static bool __maybe_unused check_done(const struct place *at, struct stage *s, struct agent *a)
{
	enum agent_state state = agent_join(a, CASE_DEADLINE_MS);

	check_act_text(s, a, check_state(state));
	if (state != AGENT_DONE)
		return check_charge(at, check_whose_hang(s, state), HANG, "the %s to end; after %d s it is %s",
				   agent_name(a->kind), CASE_DEADLINE_MS / 1000, check_state(state));
	if (a->error)
		return check_charge(at, REQUIREMENT_NONE, INTERFACE, "the %s to work; it gave %s",
				   agent_name(a->kind), strerror(-a->error));
	return true;
}

static bool __maybe_unused check_blocked(const struct place *at, struct stage *s, struct agent *a)
{
	enum agent_state state = agent_settle(a, CASE_DEADLINE_MS);

	check_act_text(s, a, check_state(state));
	if (state == AGENT_BLOCKED)
		return true;
	return check_charge(at, REQUIREMENT_NONE, state == AGENT_DONE ? LOST : HANG,
			   "the %s to wait in its fault; it is %s", agent_name(a->kind), check_state(state));
}

static bool __maybe_unused check_asleep(const struct place *at, struct stage *s, struct agent *a)
{
	enum agent_state state = agent_state(a);

	check_act_text(s, a, check_state(state));
	if (state == AGENT_BLOCKED)
		return true;
	return check_charge(at, REQUIREMENT_NONE, INTERFACE, "the %s to sleep on in its fault; it was woken",
			   agent_name(a->kind));
}

static bool __maybe_unused check_woken(const struct place *at, struct stage *s, struct agent *a)
{
	enum agent_state state = agent_state(a);

	check_act_text(s, a, check_state(state));
	if (state != AGENT_BLOCKED)
		return true;
	return check_charge(at, REQUIREMENT_NONE, HANG, "the %s to be woken; it sleeps on in its fault",
			   agent_name(a->kind));
}

static bool __maybe_unused check_act(const struct place *at, struct stage *s, enum agent_kind kind, size_t page,
				    uint8_t value)
{
	struct agent a;
	bool done;

	if (!check_start(at, s, &a, kind, page, value))
		return false;
	done = check_done(at, s, &a);
	agent_free(&a);
	return done;
}

static bool __maybe_unused check_act_by(const struct place *at, const char *call, int result)
{
	snprintf(so_far.act, sizeof(so_far.act), "%s", call);
	return check_ok(at, call, result);
}

/* The event's fields, in the words of userfaultfd.h. */
static bool __maybe_unused check_judge_event(const struct place *at, const struct uffd_msg *msg, const char *addr)
{
	uint64_t flags = UFFD_PAGEFAULT_FLAG_WRITE | UFFD_PAGEFAULT_FLAG_WP;

	if (msg->event != UFFD_EVENT_PAGEFAULT)
		return check_charge(at, EV_ONE, INTERFACE, "a PAGEFAULT event; it is 0x%02x", msg->event);
	if (msg->arg.pagefault.flags != flags)
		return check_charge(at, EV_ONE, INTERFACE, "flags WRITE|WP; they are 0x%llx",
				   (unsigned long long)msg->arg.pagefault.flags);
	if (msg->arg.pagefault.address != (uintptr_t)addr)
		return check_charge(at, EV_ADDRESS, INTERFACE, "address %p; it is 0x%llx", addr,
				   (unsigned long long)msg->arg.pagefault.address);
	return true;
}

/* Takes the next one, of whatever kind. */
static bool __maybe_unused check_take(const struct place *at, struct stage *s, const char *what, struct uffd_msg *msg)
{
	int got = pump_next(&s->pump, msg, CASE_DEADLINE_MS);

	if (got < 0)
		return check_ok(at, "waiting for the event", got);
	if (!got)
		return check_charge(at, REQUIREMENT_NONE, LOST, "an event %s; none came in %d s", what,
				   CASE_DEADLINE_MS / 1000);
	return true;
}

static bool __maybe_unused check_event_at(const struct place *at, struct stage *s, size_t page, size_t offset)
{
	char what[40];
	struct uffd_msg msg;

	snprintf(what, sizeof(what), "for page %zu", page);
	return check_take(at, s, what, &msg) &&
	       check_judge_event(at, &msg, stage_page(s, page) + offset);
}

static bool __maybe_unused check_event(const struct place *at, struct stage *s, size_t page)
{
	return check_event_at(at, s, page, 0);
}

static bool __maybe_unused check_events(const struct place *at, struct stage *s, const size_t *pages, size_t n)
{
	bool taken[64] = { false };
	struct uffd_msg msg;
	size_t i, k;

	for (i = 0; i < n; i++) {
		if (!check_take(at, s, "for each writer", &msg))
			return false;
		for (k = 0; k < n; k++)
			if (!taken[k] && msg.arg.pagefault.address == (uintptr_t)stage_page(s, pages[k]))
				break;
		if (k == n)
			return check_charge(at, REQUIREMENT_NONE, EXTRA,
					   "one event for each writer; event %zu, at 0x%llx, is none of theirs or the second",
					   i, (unsigned long long)msg.arg.pagefault.address);
		taken[k] = true;
		if (!check_judge_event(at, &msg, stage_page(s, pages[k])))
			return false;
	}
	return true;
}

static bool __maybe_unused check_store_caught(const struct place *at, struct stage *s, size_t page, uint8_t value)
{
	return check_start(at, s, &s->writer, AGENT_STORE, page, value) && check_blocked(at, s, &s->writer) &&
	       check_event(at, s, page);
}

static bool __maybe_unused check_no_event(const struct place *at, struct stage *s)
{
	int got = pump_drain(&s->pump);

	if (!got)
		return true;
	return check_charge(at, REQUIREMENT_NONE, EXTRA, "no event; %d came", got);
}

static bool __maybe_unused check_changed(const struct place *at, struct stage *s, const struct change *changes, size_t n)
{
	ssize_t wrong = region_check(&s->region, changes, n);

	if (wrong < 0)
		return true;
	return check_charge(at, REQUIREMENT_NONE, LOST,
			   "the content to be the set-up's%s; page %zu differs",
			   n ? " and what was written" : "", wrong);
}

static bool __maybe_unused check_content(const struct place *at, struct stage *s, enum agent_kind kind, size_t page,
					uint8_t value)
{
	struct change changes[AGENT_LEAVES_MAX];
	size_t n = agent_leaves(kind, page * page_size(), value, changes);

	return check_changed(at, s, changes, n);
}

/* How many pages from @page on an agent's act touches. */
static size_t __maybe_unused check_touches(enum agent_kind kind)
{
	return kind == AGENT_STRADDLE ? 2 : 1;
}

/* Wasn't this page touched, nor its PMD kept huge over the write? */
static bool __maybe_unused check_is_other(const struct stage *s, size_t page, size_t touched, size_t i)
{
	bool same_pmd = i / pmd_pages() == page / pmd_pages() ||
			i / pmd_pages() == (page + touched - 1) / pmd_pages();

	return (i < page || i >= page + touched) && !(same_pmd && s->after.page[i] & HUGE);
}

static bool __maybe_unused check_others(const struct place *at, struct stage *s, size_t page, size_t touched,
				       uint32_t set, uint32_t clear)
{
	size_t i;

	for (i = 0; i < s->after.pages; i++)
		if (check_is_other(s, page, touched, i) && !check_pages(at, s, &s->after, i, i + 1, set, clear))
			return false;
	return true;
}

/* Memory for pages that nobody has written is cost, and no lost write. */
static bool __maybe_unused check_zero_still(const struct place *at, struct stage *s, size_t page, size_t touched)
{
	char seen[96];
	size_t i;

	for (i = 0; i < s->after.pages; i++)
		if (check_is_other(s, page, touched, i) && s->before.page[i] & ZERO & ~s->after.page[i])
			return check_charge(at, s->region.backing == HUGE_ZERO ? AS_SPLIT_PATH : AS_PRECISE, EXTRA,
					    "all pages but the written ones zero still; page %zu is %s", i,
					    facts_text(s->after.page[i], seen, sizeof(seen)));
	return true;
}

static bool __maybe_unused check_reported(const struct place *at, struct stage *s, enum agent_kind kind, size_t page)
{
	size_t touched = check_touches(kind);
	uint32_t kept = s->before.page[page + touched] & (PRESENT | ANON | FILE_BACKED);
	uint32_t memory = backing_is_file(region_backing(&s->region, page)) ? FILE_BACKED : ANON;
	bool good;

	good = check_pages(at, s, &s->after, page, page + touched, PRESENT | memory | WRITTEN, WP | ZERO);
	good = check_others(at, s, page, touched, kept | WP, WRITTEN) && good;
	return check_zero_still(at, s, page, touched) && good;
}

static bool __maybe_unused check_held(const struct place *at, struct stage *s, const struct view *before,
				     const struct view *after, size_t page)
{
	/* The event for an unpopulated page may come once it is populated, protected: de facto, to 7.3. */
	bool populated = !(before->page[page] & PRESENT);

	if (populated && !check_pages(at, s, after, page, page + 1, WP, WRITTEN))
		return false;
	return check_same(at, s, before, after, 0, page) &&
	       check_same(at, s, before, after, page + populated, s->region.pages);
}

static bool __maybe_unused check_resolved(const struct place *at, struct stage *s, enum agent_kind kind, size_t page)
{
	if (!check_ok(at, "un-protecting the touched page", stage_unprotect(s, page, page + 1, 0)))
		return false;
	if (check_touches(kind) == 1)
		return true;
	return check_event(at, s, page + 1) &&
	       check_ok(at, "un-protecting the second page", stage_unprotect(s, page + 1, page + 2, 0));
}

static bool __maybe_unused check_freed(const struct place *at, struct stage *s, enum agent_kind kind, size_t page)
{
	size_t touched = check_touches(kind);

	return check_pages(at, s, &s->after, page, page + touched, PRESENT | WRITTEN, WP) &&
	       check_pages(at, s, &s->after, 0, page, WP, WRITTEN) &&
	       check_pages(at, s, &s->after, page + touched, s->region.pages, WP, WRITTEN);
}

static bool __maybe_unused check_fell_back(const struct stage *s)
{
	return s->after.counter[THP_FAULT_FALLBACK] > s->before.counter[THP_FAULT_FALLBACK];
}

#endif /* CASES_CASE_CHECKS_H */
