// SPDX-License-Identifier: GPL-2.0
/* The model against a region that is changed behind its back; programs as text, by chance, and made small. */
#include <errno.h>

#include "../../common/model_random.h"
#include "../../common/model_run.h"
#include "ground.h"

#define PAGES 16

static void test_text(void)
{
	static const char text[] = "sync/base-pages/16/events;protect(0-16);store(5);fork;move(3-9)";
	static const char *const bad[] = {
		"", "sync", "rwp/base-pages/16", "sync/no-pages/16", "sync/base-pages/16;store", "sync/base-pages/16;fork(3)",
		"sync/base-pages/16;store(16)", "sync/base-pages/16;protect(5-5)", "sync/base-pages/0", "sync/shmem/16",
	};
	struct program p;
	char again[200], why[200];
	bool good = HOLDS(!program_parse(&p, text, why, sizeof(why)));
	size_t i;

	good &= HOLDS(!strcmp(program_text(&p, ";", again, sizeof(again)), text));
	good &= HOLDS(p.events && p.mode == SYNC && p.count == 4 && p.op[3].end == 9);
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		good &= HOLDS(program_parse(&p, bad[i], why, sizeof(why)) == -EINVAL);
	tap(good, "a program reads back as it was written, and what is none is refused");
}

static void test_chance(void)
{
	struct dice one = dice_make(7), same = dice_make(7);
	char text[1500], again[1500], why[200];
	struct program p, q;
	bool good = true;
	int i;

	for (i = 0; i < 1000 && good; i++) {
		program_random(&p, &one);
		program_random(&q, &same);
		program_text(&p, ";", text, sizeof(text));
		good = HOLDS(!strcmp(text, program_text(&q, ";", again, sizeof(again)))) &&
		       HOLDS(!program_parse(&q, text, why, sizeof(why)));
	}
	tap(good, "the same seed gives the same programs, all of them valid");
}

/* Whatever holds a fork with a drop somewhere behind it. */
static bool fork_then_drop(const struct program *p, void *calls)
{
	bool forked = false;
	size_t i;

	++*(int *)calls;
	for (i = 0; i < p->count; i++) {
		forked |= p->op[i].kind == OP_FORK;
		if (forked && p->op[i].kind == OP_DROP)
			return true;
	}
	return false;
}

static void test_shrink(void)
{
	struct program p;
	char text[200], why[200];
	int calls = 0;

	program_parse(&p, "sync/base-pages/16/events;drop(3);store(1);fork;load(2);fork;drop(4-9);store(8)", why, sizeof(why));
	program_shrink(&p, fork_then_drop, &calls);
	program_text(&p, ";", text, sizeof(text));
	tap(HOLDS(!strcmp(text, "sync/base-pages/16;fork;drop(4-9)")) && HOLDS(calls < 40),
	    "what isn't needed for the difference is left out");
}

/* Protects pages [0, @really) and tells the model of [0, @told). */
static struct model_difference protect(size_t really, size_t told)
{
	struct program p = { .mode = SYNC, .backing = BASE_PAGES, .pages = PAGES };
	struct op op = { OP_PROTECT, 0, told };
	struct model_difference d = { 0 };
	struct stage s = { .uffd = { .fd = -1 } };
	struct model m = { 0 };
	struct lack lack;

	if (!stage_region(&s, p.backing, PAGES, &lack) && !stage_register(&s, p.mode, 0, &lack) &&
	    !model_make(&m, &p, &s.region, true) && !stage_protect(&s, 0, really) && !view_read(&s.after, &s.region)) {
		model_apply(&m, &op, 0, 0);
		model_compare(&m, &s.after, &op, &d);
	}
	model_free(&m);
	stage_clear(&s);
	return d;
}

static void test_notices(void)
{
	struct model_difference less = protect(PAGES - 1, PAGES), more = protect(PAGES, PAGES - 1);
	struct model_difference none = protect(PAGES, PAGES);

	tap(HOLDS(less.id == WP_RANGE_EXACT) && HOLDS(less.class == LOST), "a page that isn't protected is noticed: LOST");
	tap(HOLDS(more.id == WP_RANGE_EXACT) && HOLDS(more.class == EXTRA), "a page too many is noticed: EXTRA");
	tap(HOLDS(none.id == REQUIREMENT_NONE), "nothing is made of what is as it should be");
}

int main(void)
{
	view_listen();
	test_text();
	test_chance();
	test_shrink();
	test_notices();
	printf("1..%d\n", tap_count);
	return tap_failed != 0;
}
