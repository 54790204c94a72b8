// SPDX-License-Identifier: GPL-2.0
// mutant: border-scan-hole-whole
// file: fs/proc/task_mmu.c
// mistake: Get-and-protect of a part of a PMD that maps nothing protects it up to its end.
// caught-by: SC-WP-MATCHING
// kind: slip

@@ @@
 pagemap_scan_pte_hole(...)
 {
 <...
 if (~p->arg.flags & PM_SCAN_WP_MATCHING)
 	return ret;
+ if (MUTANT(border_scan_hole_whole))
+ 	end = ALIGN(end, PMD_SIZE);
 ...>
 }
