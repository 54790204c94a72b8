// SPDX-License-Identifier: GPL-2.0
// mutant: scan-any-is-all
// file: fs/proc/task_mmu.c
// mistake: The scan asks for all of category_anyof_mask.
// caught-by: SC-MASKS
// kind: slip

@@ @@
 pagemap_scan_is_interesting_page(...)
 {
 <...
- !(categories & p->arg.category_anyof_mask)
+ !(MUTANT(scan_any_is_all) ?
+   (categories & p->arg.category_anyof_mask) == p->arg.category_anyof_mask :
+   (categories & p->arg.category_anyof_mask))
 ...>
 }
