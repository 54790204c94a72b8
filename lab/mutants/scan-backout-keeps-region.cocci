// SPDX-License-Identifier: GPL-2.0
// mutant: scan-backout-keeps-region
// file: fs/proc/task_mmu.c
// mistake: A PMD that has to be split before it can be armed is reported twice.
// caught-by: SC-REGIONS SC-WP-MATCHING
// kind: slip

@@ @@
 pagemap_scan_backout_range(...)
 {
 <...
 if (
- !p->vec_buf
+ !p->vec_buf || MUTANT(scan_backout_keeps_region)
 ) return;
 ...>
 }
