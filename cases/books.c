// SPDX-License-Identifier: GPL-2.0
/*
 * What the kernel counts of memory whose writes are tracked: resident pages, huge ones, page tables.
 * Why: who decides by these numbers what to evict, or which process to kill, goes wrong by them; and a count that isn't
 * given back is memory that nobody gets again.
 */
#include <sys/mman.h>

#include "../common/host.h"
#include "../common/reshape.h"
#include "case.h"
#include "variants.h"

#define PAGE 5
#define VALUE 0xa5

FIXTURE(books)
{
	struct stage s;
};

FIXTURE_VARIANT(books)
{
	enum backing backing;
};

EACH_BACKING(books);

FIXTURE_SETUP(books)
{
	CASE_AGENT(AGENT_STORE);
	CASE_REGISTERED_PAGES(&self->s, ASYNC, variant->backing, matrix_pages(variant->backing));
}

FIXTURE_TEARDOWN(books)
{
	stage_clear(&self->s);
}

/* The zero page, small or huge, is nobody's: it doesn't count. */
static bool books_fit(const struct place *at, struct stage *s)
{
	size_t resident, huge;

	if (!check_look(at, s, &s->after, view_read_books))
		return false;
	resident = view_count(&s->after, ANON, 0) * page_size();
	huge = view_count(&s->after, ANON | HUGE, 0) * page_size();
	if (s->after.smaps.rss == resident && s->after.smaps.anonymous == resident && s->after.smaps.anon_huge == huge)
		return true;
	return check_charge(at, AC_RSS, DISAGREE, "Rss and Anonymous of %zu bytes, AnonHugePages of %zu; they are %zu, %zu and %zu",
			    resident, huge, s->after.smaps.rss, s->after.smaps.anonymous, s->after.smaps.anon_huge);
}

TEST_F(books, fit_what_is_mapped_at_each_step)
{
	COVERS(AC_RSS);
	struct stage *s = &self->s;

	OR_LEAVE(books_fit(HERE, s));
	ACT_BY(stage_protect(s, 0, s->region.pages));
	OR_LEAVE(books_fit(HERE, s));
	ACT(s, AGENT_STORE, PAGE, VALUE);
	OR_LEAVE(books_fit(HERE, s));
	ACT_BY(stage_protect(s, 0, PAGE + 1));
	OR_LEAVE(books_fit(HERE, s));
	ACT_BY(region_advise(&s->region, PAGE, PAGE + 1, MADV_DONTNEED));
	OR_LEAVE(books_fit(HERE, s));
	ACT_BY(stage_unregister(s));
	OR_LEAVE(books_fit(HERE, s));
	ACT_BY(region_advise(&s->region, 0, s->region.pages, MADV_DONTNEED));
	OR_LEAVE(books_fit(HERE, s));
	EXPECT_THAT(!s->after.smaps.rss, DISAGREE, "no page left; Rss is %zu bytes", s->after.smaps.rss);
}

/* Arms, has a page written to, un-protects a part: all that makes page tables. Then gives all of it back. */
static int come_and_go(struct stage *s, enum backing b, size_t *tables)
{
	struct lack lack = { 0 };
	int err = stage_region(s, b, matrix_pages(b), &lack);

	if (!err)
		err = stage_register(s, ASYNC, 0, &lack);
	if (!err)
		err = stage_protect(s, 0, s->region.pages);
	if (!err && agent_act(AGENT_STORE, stage_page(s, PAGE), VALUE, CASE_DEADLINE_MS, &err) != AGENT_DONE)
		err = -ETIME;
	if (!err)
		err = stage_unprotect(s, PAGE, PAGE + 1, UFFDIO_WRITEPROTECT_MODE_DONTWAKE);
	stage_clear(s);
	return err ? err : host_page_tables(tables);
}

TEST_F(books, page_tables_are_given_back)
{
	COVERS(AC_RSS);
	struct stage *s = &self->s;
	size_t first = 0, second = 0;

	stage_clear(s);
	/* What the process itself needs for it, it has after the first time. */
	ASSERT_OK(come_and_go(s, variant->backing, &first));
	ASSERT_OK(come_and_go(s, variant->backing, &second));
	EXPECT_THAT(second <= first, DISAGREE, "page tables of %zu bytes as before; they are %zu", first, second);
}
