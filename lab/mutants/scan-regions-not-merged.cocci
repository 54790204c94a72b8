// SPDX-License-Identifier: GPL-2.0
// mutant: scan-regions-not-merged
// file: fs/proc/task_mmu.c
// mistake: Neighbouring pages of equal categories get a region each.
// caught-by: SC-REGIONS
// kind: slip

@@ expression E; @@
 pagemap_scan_push_range(...)
 {
 <...
 if (
- E
+ (E) && !MUTANT(scan_regions_not_merged)
 ) { cur_buf->end = end; return true; }
 ...>
 }
