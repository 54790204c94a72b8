// SPDX-License-Identifier: GPL-2.0
// mutant: scan-max-pages-one-more
// file: fs/proc/task_mmu.c
// mistake: A scan returns one page more than max_pages.
// caught-by: SC-LIMITS
// kind: slip: off by one

@@ @@
 pagemap_scan_get_args(...)
 {
 <...
 if (!arg->max_pages)
 	arg->max_pages = ULONG_MAX;
+ else if (MUTANT(scan_max_pages_one_more))
+ 	arg->max_pages++;
 ...>
 }
