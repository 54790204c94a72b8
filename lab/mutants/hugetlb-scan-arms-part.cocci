// SPDX-License-Identifier: GPL-2.0
// mutant: hugetlb-scan-arms-part
// file: fs/proc/task_mmu.c
// mistake: Get-and-protect of a part of a hugetlb page arms all of it.
// caught-by: SC-WP-MATCHING WP-RANGE-EXACT
// kind: slip

@@ @@
 pagemap_scan_hugetlb_entry(...)
 {
 <...
 if (
- end != start + huge_page_size(hstate_vma(vma))
+ end != start + huge_page_size(hstate_vma(vma)) && !MUTANT(hugetlb_scan_arms_part)
 ) { ... }
 ...>
 }
