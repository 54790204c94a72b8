// SPDX-License-Identifier: GPL-2.0
// mutant: scan-partial-arms-all
// file: fs/proc/task_mmu.c
// mistake: Arming a part of a huge PMD by a scan arms all of it.
// caught-by: SC-WP-MATCHING WP-RANGE-EXACT
// kind: slip

@@ @@
 pagemap_scan_thp_entry(...)
 {
 <...
- end != start + HPAGE_SIZE
+ end != start + HPAGE_SIZE && !MUTANT(scan_partial_arms_all)
 ...>
 }
