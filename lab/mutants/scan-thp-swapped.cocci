// SPDX-License-Identifier: GPL-2.0
// mutant: scan-thp-swapped
// file: fs/proc/task_mmu.c
// mistake: The scan reports a THP under migration as present.
// caught-by: PM-AGREE LC-MIGRATE
// kind: slip

@@ @@
 pagemap_thp_category(...)
 {
 <...
- categories |= PAGE_IS_SWAPPED;
+ categories |= MUTANT(scan_thp_swapped) ? PAGE_IS_PRESENT : PAGE_IS_SWAPPED;
 ...>
 }
