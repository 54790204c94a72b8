// SPDX-License-Identifier: GPL-2.0
// mutant: scan-accepts-any-mask
// file: fs/proc/task_mmu.c
// mistake: The scan accepts categories that it doesn't know.
// caught-by: SC-ERRORS
// kind: slip

@@ @@
 pagemap_scan_get_args(...)
 {
 <...
- ~PM_SCAN_CATEGORIES
+ (MUTANT(scan_accepts_any_mask) ? 0 : ~PM_SCAN_CATEGORIES)
 ...>
 }
