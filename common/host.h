/* SPDX-License-Identifier: GPL-2.0 */
/*
 * host - the witnesses that speak for the machine or the process, not for one page:
 * /proc/vmstat, /proc/self/smaps, the kernel log. The view reads them; nothing else should.
 */
#ifndef COMMON_HOST_H
#define COMMON_HOST_H

#include "view.h"

/* Event counters, summed over all CPUs by the kernel at the read; absent lines stay 0. 0 or a negative errno. */
int host_counters(uint64_t counter[COUNTER_COUNT]);

/* smaps of all VMAs that overlap [@start, @start + @len), bytes. 0 or a negative errno. */
int host_smaps(const char *start, size_t len, struct view_smaps *smaps);

/* What this process's page tables take, bytes: VmPTE. 0 or a negative errno. */
int host_page_tables(size_t *bytes);

/*
 * Is the page at @page, which must be present, a part of the huge zero folio? By /proc/kpageflags, which knows nothing of page
 * tables; such a page is always mapped by a PMD. 1, 0, or a negative errno: -EPERM without root.
 */
int host_maps_huge_zero(const char *page);

/* Opens the kernel log at its end. */
void host_log_open(void);

/* Takes the lines of level warning or worse that came since the last call; returns how many, the last in @text. */
unsigned int host_log_read(char *text, size_t len);

#endif /* COMMON_HOST_H */
