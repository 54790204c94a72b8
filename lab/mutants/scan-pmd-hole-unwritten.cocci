// SPDX-License-Identifier: GPL-2.0
// mutant: scan-pmd-hole-unwritten
// file: fs/proc/task_mmu.c
// mistake: The scan doesn't report a dropped PMD of a registered range as written.
// caught-by: PM-WRITTEN PM-AGREE LC-ZAP
// kind: past 6.12.103 'written state for PMD holes'

@@ @@
 pagemap_scan_pte_hole(...)
 {
 <...
- userfaultfd_wp(vma)
+ (userfaultfd_wp(vma) && !MUTANT(scan_pmd_hole_unwritten))
 ...>
 }
