// SPDX-License-Identifier: GPL-2.0
// mutant: scan-all-is-any
// file: fs/proc/task_mmu.c
// mistake: The scan asks for any of category_mask.
// caught-by: SC-MASKS
// kind: slip

@@ @@
 pagemap_scan_is_interesting_page(...)
 {
 <...
- (categories & p->arg.category_mask) != p->arg.category_mask
+ (MUTANT(scan_all_is_any) ? p->arg.category_mask && !(categories & p->arg.category_mask) :
+  (categories & p->arg.category_mask) != p->arg.category_mask)
 ...>
 }
