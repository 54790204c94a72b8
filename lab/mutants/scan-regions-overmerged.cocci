// SPDX-License-Identifier: GPL-2.0
// mutant: scan-regions-overmerged
// file: fs/proc/task_mmu.c
// mistake: Neighbouring regions are merged though their categories differ.
// caught-by: SC-REGIONS SC-MASKS
// kind: slip

@@ @@
 pagemap_scan_push_range(...)
 {
 <...
- categories == cur_buf->categories
+ (categories == cur_buf->categories || MUTANT(scan_regions_overmerged))
 ...>
 }
