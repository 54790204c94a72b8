// SPDX-License-Identifier: GPL-2.0
// mutant: scan-backout-keeps-count
// file: fs/proc/task_mmu.c
// mistake: Pages of a PMD that has to be split before it can be armed count twice against max_pages.
// caught-by: SC-LIMITS SC-REGIONS SC-WP-MATCHING
// kind: slip

@@ @@
 pagemap_scan_backout_range(...)
 {
 <...
- p->found_pages -= (end - addr) / PAGE_SIZE;
+ if (!MUTANT(scan_backout_keeps_count))
+ 	p->found_pages -= (end - addr) / PAGE_SIZE;
 ...>
 }
