// SPDX-License-Identifier: GPL-2.0
// mutant: scan-accepts-any-flag
// file: fs/proc/task_mmu.c
// mistake: The scan accepts flags that it doesn't know.
// caught-by: SC-ERRORS
// kind: slip

@@ @@
 pagemap_scan_get_args(...)
 {
 <...
 if (
- arg->flags & ~PM_SCAN_FLAGS
+ (arg->flags & ~PM_SCAN_FLAGS) && !MUTANT(scan_accepts_any_flag)
 ) return -EINVAL;
 ...>
 }
