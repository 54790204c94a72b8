// SPDX-License-Identifier: GPL-2.0
// mutant: scan-wpallowed-sync
// file: fs/proc/task_mmu.c
// mistake: The scan takes ranges in sync mode for ones that it may arm.
// caught-by: PM-WPALLOWED SC-CHECK-WPASYNC
// kind: slip

@@ @@
 pagemap_scan_test_walk(...)
 {
 <...
- userfaultfd_wp_async(vma)
+ (userfaultfd_wp_async(vma) || MUTANT(scan_wpallowed_sync))
 ...>
 }
