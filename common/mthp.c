// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <fcntl.h>
#include <linux/kernel-page-flags.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "../uffd/scan.h"
#include "mthp.h"
#include "settings.h"

/* pagemap.rst: bits 0-54 of an entry are the page frame's number. */
#define PFN_MASK ((UINT64_C(1) << 55) - 1)

static struct lack before;

void mthp_prepare(void)
{
	char knob[100];
	int err;

	snprintf(knob, sizeof(knob), "/sys/kernel/mm/transparent_hugepage/hugepages-%zukB/enabled",
		 MTHP_PAGES * page_size() / 1024);
	err = settings_set(knob, "madvise");
	if (err == -ENOENT)
		snprintf(before.why, sizeof(before.why), "no huge pages smaller than a PMD: Linux 6.8 has them");
	else if (err)
		snprintf(before.why, sizeof(before.why), "no huge pages smaller than a PMD: %s: %s", knob, strerror(-err));
}

int mthp_need(struct lack *lack)
{
	*lack = before;
	return lack->why[0] ? -ENOTSUP : 0;
}

static bool read_words(int fd, uint64_t *word, size_t n, uint64_t first)
{
	ssize_t len = n * sizeof(*word);

	return pread(fd, word, len, first * sizeof(*word)) == len;
}

/* The frames of one huge page follow each other; the first says that it is the head, the others that they belong to it. */
static bool is_one_folio(int flags_fd, const uint64_t *entry)
{
	uint64_t first = entry[0] & PFN_MASK, flags[MTHP_PAGES];
	size_t i;

	if (!first || !read_words(flags_fd, flags, MTHP_PAGES, first))
		return false;
	for (i = 0; i < MTHP_PAGES; i++)
		if ((entry[i] & PFN_MASK) != first + i ||
		    !(flags[i] & (UINT64_C(1) << (i ? KPF_COMPOUND_TAIL : KPF_COMPOUND_HEAD))))
			return false;
	return true;
}

bool mthp_proved(const struct region *r)
{
	int flags_fd = open("/proc/kpageflags", O_RDONLY | O_CLOEXEC), fd = pagemap_open(0);
	uint64_t entry[MTHP_PAGES];
	bool good = flags_fd >= 0 && fd >= 0 && r->pages % MTHP_PAGES == 0;
	size_t page;

	for (page = 0; good && page < r->pages; page += MTHP_PAGES)
		good = !pagemap_read(fd, region_page(r, page), MTHP_PAGES, entry) && is_one_folio(flags_fd, entry);
	if (flags_fd >= 0)
		close(flags_fd);
	if (fd >= 0)
		close(fd);
	return good;
}
