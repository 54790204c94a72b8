// SPDX-License-Identifier: GPL-2.0
#include <stdio.h>
#include <string.h>

#include "../uffd/compiler.h"
#include "view.h"

/* In the order in which a reader wants them. EXCLUSIVE and DISPUTED say nothing to him. */
static const struct {
	uint32_t fact;
	const char *word;
} words[] = {
	{ HUGE, "huge" }, { ZERO, "zero" }, { ANON, "anon" }, { FILE_BACKED, "file" },
	{ SWAPPED, "swapped" }, { GUARD, "guard" }, { HW_RW, "rw" }, { HW_RO, "ro" },
	{ WP, "wp" }, { WRITTEN, "written" }, { ACCESSED, "accessed" },
};

/* What decides a printed run: two pages that read the same are one. */
static uint32_t printed(uint32_t facts)
{
	uint32_t kept = 0;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(words); i++)
		kept |= facts & words[i].fact;
	/* "present" is said only where no other word implies it. */
	return kept | (facts & PRESENT);
}

char *facts_words(uint32_t facts, char *buf, size_t len)
{
	size_t used = 0, i;

	buf[0] = '\0';
	if (facts & PRESENT && !(facts & (HUGE | ZERO | ANON | FILE_BACKED)))
		used += snprintf(buf, len, "present");
	for (i = 0; i < ARRAY_SIZE(words) && used < len; i++)
		if (facts & words[i].fact)
			used += snprintf(buf + used, len - used, "%s%s", used ? " " : "", words[i].word);
	return buf;
}

char *facts_text(uint32_t facts, char *buf, size_t len)
{
	bool mapped = facts & (PRESENT | SWAPPED | GUARD);
	char words[88];

	facts_words(facts, words, sizeof(words));
	snprintf(buf, len, "%s%s%s", mapped ? "" : "none", !mapped && words[0] ? " " : "", words);
	return buf;
}

static void print_run(FILE *out, size_t first, size_t end, uint32_t facts)
{
	char text[96];

	facts_text(facts, text, sizeof(text));
	if (end == first + 1)
		fprintf(out, "  [%zu] %s", first, text);
	else
		fprintf(out, "  [%zu..%zu) %s", first, end, text);
}

/* A line stays readable up to here; the rest is counted. */
#define RUNS_PRINTED 24

/* Page numbers inside a PMD's line count from that PMD. */
static void print_pmd(FILE *out, const struct view *v, size_t pmd)
{
	size_t base = pmd * pmd_pages(), first = 0, runs = 0, i;
	size_t pages = v->pages - base < pmd_pages() ? v->pages - base : pmd_pages();

	fprintf(out, "pmd+%zu", pmd);
	for (i = 1; i <= pages; i++) {
		if (i < pages && printed(v->page[base + i]) == printed(v->page[base + first]))
			continue;
		if (runs++ < RUNS_PRINTED)
			print_run(out, first, i, v->page[base + first]);
		first = i;
	}
	if (runs > RUNS_PRINTED)
		fprintf(out, "  and %zu more runs", runs - RUNS_PRINTED);
}

static void print_growth(FILE *out, const struct view *v, const struct view *since)
{
	int i;

	for (i = 0; i < COUNTER_COUNT; i++)
		if (v->counter[i] > since->counter[i])
			fprintf(out, "  %s +%llu", counter_name(i),
				(unsigned long long)(v->counter[i] - since->counter[i]));
	if (v->log_lines)
		fprintf(out, "  kernel log +%u: %s", v->log_lines, v->log_last);
}

void view_print(FILE *out, const char *prefix, const struct view *v, const struct view *since)
{
	size_t pmds = (v->pages + pmd_pages() - 1) / pmd_pages(), pmd;

	for (pmd = 0; pmd < pmds; pmd++) {
		fputs(prefix, out);
		print_pmd(out, v, pmd);
		if (since && pmd == pmds - 1)
			print_growth(out, v, since);
		fputc('\n', out);
	}
}
