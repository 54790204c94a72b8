// SPDX-License-Identifier: GPL-2.0
#include <string.h>

#include "region_impl.h"

uint8_t region_pattern(const struct region *r, size_t page)
{
	/* Never zero, and different on neighbours and across PMDs. */
	return region_recipe(region_backing(r, page))->patterned ? 1 + (page * 7 + page / 251) % 251 : 0;
}

void region_fill(const struct region *r, size_t first, size_t end)
{
	size_t page;

	for (page = first; page < end; page++) {
		char *at = region_page(r, page);

		memset(at, region_pattern(r, page), sizeof(uint64_t));
		memset(at + page_size() - sizeof(uint64_t), region_pattern(r, page), sizeof(uint64_t));
	}
}

/* Applies the changes that fall into the word at @at to its expected value. */
static uint64_t expected_word(size_t at, uint8_t pattern,
			      const struct change *changed, size_t n)
{
	uint8_t byte[sizeof(uint64_t)];
	uint64_t word;
	size_t i;

	memset(byte, pattern, sizeof(byte));
	for (i = 0; i < n; i++)
		if (changed[i].at >= at && changed[i].at < at + sizeof(byte))
			byte[changed[i].at - at] = changed[i].value;
	memcpy(&word, byte, sizeof(word));
	return word;
}

/* Between the first and the last word set-up left zero; a change there is found by the slow way. */
static bool middle_fits(const struct region *r, size_t page, const struct change *changed, size_t n)
{
	const uint64_t *word = (const uint64_t *)region_page(r, page);
	size_t last = page_size() / sizeof(*word) - 1, at = page * page_size(), i;

	for (i = 1; i < last; i++)
		if (word[i] && word[i] != expected_word(at + i * sizeof(*word), 0, changed, n))
			return false;
	/* A change that should be there and reads zero. */
	for (i = 0; i < n; i++)
		if (changed[i].at / page_size() == page && *(uint8_t *)(r->start + changed[i].at) != changed[i].value)
			return false;
	return true;
}

static bool edges_fit(const struct region *r, size_t page, const struct change *changed, size_t n)
{
	const uint64_t *word = (const uint64_t *)region_page(r, page);
	size_t last = page_size() / sizeof(*word) - 1, at = page * page_size();
	uint8_t pattern = region_pattern(r, page);

	return word[0] == expected_word(at, pattern, changed, n) &&
	       word[last] == expected_word(at + last * sizeof(*word), pattern, changed, n);
}

static ssize_t check(const struct region *r, bool all, const struct change *changed, size_t n)
{
	size_t page;

	for (page = 0; page < r->pages; page++)
		if (!edges_fit(r, page, changed, n) || (all && !middle_fits(r, page, changed, n)))
			return page;
	return -1;
}

ssize_t region_check(const struct region *r, const struct change *changed, size_t n)
{
	return check(r, false, changed, n);
}

ssize_t region_check_all(const struct region *r, const struct change *changed, size_t n)
{
	return check(r, true, changed, n);
}
