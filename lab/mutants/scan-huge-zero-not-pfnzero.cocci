// SPDX-License-Identifier: GPL-2.0
// mutant: scan-huge-zero-not-pfnzero
// file: fs/proc/task_mmu.c
// mistake: The scan doesn't report a huge-zero PMD as PFNZERO.
// caught-by: PM-ZERO-HUGE
// kind: past 4a5e85f4eb8f

@@ @@
 pagemap_thp_category(...)
 {
 <...
- is_huge_zero_pmd(pmd)
+ (is_huge_zero_pmd(pmd) && !MUTANT(scan_huge_zero_not_pfnzero))
 ...>
 }
