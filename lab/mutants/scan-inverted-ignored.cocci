// SPDX-License-Identifier: GPL-2.0
// mutant: scan-inverted-ignored
// file: fs/proc/task_mmu.c
// mistake: The scan takes no notice of category_inverted for pages.
// caught-by: SC-MASKS
// kind: slip

@@ @@
 pagemap_scan_is_interesting_page(...)
 {
 <...
- categories ^= p->arg.category_inverted;
+ if (!MUTANT(scan_inverted_ignored))
+ 	categories ^= p->arg.category_inverted;
 ...>
 }
