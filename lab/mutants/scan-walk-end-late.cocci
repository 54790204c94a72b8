// SPDX-License-Identifier: GPL-2.0
// mutant: scan-walk-end-late
// file: fs/proc/task_mmu.c
// mistake: A scan that is stopped by a limit says that it looked at one page more than it did: that page is skipped.
// caught-by: SC-LIMITS
// kind: slip

@@ @@
 pagemap_scan_output(...)
 {
 <...
- p->arg.walk_end = *end;
+ p->arg.walk_end = *end + (MUTANT(scan_walk_end_late) ? PAGE_SIZE : 0);
 ...>
 }
