// SPDX-License-Identifier: GPL-2.0
/*
 * The view without a kernel: runs, search, subtraction and print of pages made up here.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../common/view.h"

#define ZERO_HUGE_WP (PRESENT | ZERO | HUGE | WP | WPALLOWED)
#define ZERO_WP (PRESENT | ZERO | WP | WPALLOWED)
#define ANON_WRITTEN (PRESENT | ANON | WRITTEN | WPALLOWED)

static struct region region;
static int failed, count;

static void result(bool good, const char *name)
{
	printf("%sok %d view.%s\n", good ? "" : "not ", ++count, name);
	failed |= !good;
}

static void fill(struct view *v, size_t first, size_t end, uint32_t facts)
{
	for (size_t i = first; i < end; i++)
		v->page[i] = facts;
}

static struct view make_view(uint32_t facts)
{
	struct view v = { .region = &region, .pages = region.pages, .scan = true };

	v.page = calloc(v.pages, sizeof(*v.page));
	if (!v.page)
		exit(1);
	fill(&v, 0, v.pages, facts);
	return v;
}

/* A huge-zero PMD split by a write to page 5, beside one that isn't. */
static struct view split_view(void)
{
	struct view v = make_view(ZERO_HUGE_WP);

	fill(&v, 0, pmd_pages(), ZERO_WP);
	fill(&v, 5, 6, ANON_WRITTEN);
	return v;
}

static char *printed(const struct view *v, const struct view *since)
{
	char *text = NULL;
	size_t len;
	FILE *out = open_memstream(&text, &len);

	view_print(out, "# ", v, since);
	fclose(out);
	return text;
}

static void test_runs(void)
{
	struct view v = split_view();
	size_t from = 0, runs = 0, pages = 0;
	struct run run;

	for (; view_run(&v, from, &run); from = run.end, runs++)
		pages += run.end - run.first;
	result(runs == 4, "runs_are_maximal");
	result(pages == v.pages, "runs_add_up_to_the_region");
	result(!view_run(&v, v.pages, &run), "no_run_behind_the_end");
	view_free(&v);
}

static void test_search(void)
{
	struct view v = split_view();

	result(view_find_not(&v, 0, v.pages, WP, 0) == 5, "finds_the_page_that_lacks_a_fact");
	result(view_find_not(&v, 0, v.pages, 0, HUGE) == (ssize_t)pmd_pages(), "finds_the_page_with_a_fact_too_many");
	result(view_find_not(&v, 6, v.pages, WP | ZERO, WRITTEN) == -1, "finds_nothing_where_all_fits");
	result(view_count(&v, WRITTEN, WP) == 1, "counts_what_fits");
	view_free(&v);
}

static void test_subtraction(void)
{
	struct view before = make_view(ZERO_HUGE_WP), after = split_view(), changed = { 0 };
	struct region other = { .pages = 1 };
	struct view small = { .region = &other, .pages = 1 };

	after.counter[THP_SPLIT_PMD] = 7;
	before.counter[THP_SPLIT_PMD] = 4;
	result(!view_subtract(&changed, &after, &before), "views_of_one_region_subtract");
	result(changed.page[5] == (ZERO_HUGE_WP ^ ANON_WRITTEN), "difference_holds_every_changed_fact");
	result(changed.page[4] == HUGE, "difference_holds_only_changed_facts");
	result(!changed.page[pmd_pages()], "same_pages_differ_in_nothing");
	result(changed.counter[THP_SPLIT_PMD] == 3, "counters_give_their_growth");
	result(view_subtract(&changed, &after, &small) == -EINVAL, "views_of_different_size_are_refused");
	view_free(&before);
	view_free(&after);
	view_free(&changed);
}

static void test_print(void)
{
	struct view before = make_view(ZERO_HUGE_WP), after = split_view();
	char want[200], *text;

	after.counter[THP_SPLIT_PMD] = before.counter[THP_SPLIT_PMD] + 1;
	text = printed(&after, &before);
	snprintf(want, sizeof(want), "# pmd+0  [0..5) zero wp  [5] anon written  [6..%zu) zero wp\n"
		 "# pmd+1  [0..%zu) huge zero wp  thp_split_pmd +1\n", pmd_pages(), pmd_pages());
	result(!strcmp(text, want), "prints_runs_a_line_a_pmd_and_what_grew");
	free(text);
	text = printed(&before, NULL);
	result(!strstr(text, "thp_split_pmd"), "prints_no_growth_without_an_earlier_view");
	free(text);
	view_free(&before);
	view_free(&after);
}

static void test_long_print(void)
{
	struct view v = make_view(ZERO_WP);
	char *text;

	for (size_t i = 0; i < pmd_pages(); i += 2)
		v.page[i] = ANON_WRITTEN;
	text = printed(&v, NULL);
	result(strstr(text, "more runs") && strcspn(text, "\n") < 1000, "a_line_of_many_runs_stays_short");
	free(text);
	view_free(&v);
}

static void test_words(void)
{
	char text[96];

	result(!strcmp(facts_text(0, text, sizeof(text)), "none"), "nothing_is_called_none");
	result(!strcmp(facts_text(WP, text, sizeof(text)), "none wp"), "a_marker_is_none_and_wp");
	result(!strcmp(facts_text(SWAPPED | WP, text, sizeof(text)), "swapped wp"), "swapped_is_not_none");
	result(!strcmp(facts_text(PRESENT, text, sizeof(text)), "present"), "present_is_said_where_nothing_implies_it");
	result(strlen(facts_text(~0U, text, 8)) < 8, "text_is_cut_to_the_buffer");
}

int main(void)
{
	region.pmds = 2;
	region.pages = 2 * pmd_pages();
	test_runs();
	test_search();
	test_subtraction();
	test_print();
	test_long_print();
	test_words();
	printf("1..%d\n", count);
	return failed;
}
