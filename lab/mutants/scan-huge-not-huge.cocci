// SPDX-License-Identifier: GPL-2.0
// mutant: scan-huge-not-huge
// file: fs/proc/task_mmu.c
// mistake: The scan forgets HUGE for a huge-zero PMD.
// caught-by: PM-ZERO-HUGE SC-MASKS
// kind: slip

@@ @@
 pagemap_thp_category(...)
 {
 <...
 if (pmd_present(pmd)) {
+ 	if (is_huge_zero_folio(pmd_folio(pmd)) && MUTANT(scan_huge_not_huge))
+ 		categories &= ~PAGE_IS_HUGE;
 	...
 } else { ... }
 ...>
 }
