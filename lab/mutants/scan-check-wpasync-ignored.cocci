// SPDX-License-Identifier: GPL-2.0
// mutant: scan-check-wpasync-ignored
// file: fs/proc/task_mmu.c
// mistake: The scan passes over ranges where async doesn't apply though it was asked to stop there.
// caught-by: SC-CHECK-WPASYNC
// kind: slip

@@ @@
 pagemap_scan_test_walk(...)
 {
 <...
 if (
- p->arg.flags & PM_SCAN_CHECK_WPASYNC
+ (p->arg.flags & PM_SCAN_CHECK_WPASYNC) && !MUTANT(scan_check_wpasync_ignored)
 ) return -EPERM;
 ...>
 }
