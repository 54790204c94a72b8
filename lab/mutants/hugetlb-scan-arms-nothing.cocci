// SPDX-License-Identifier: GPL-2.0
// mutant: hugetlb-scan-arms-nothing
// file: fs/proc/task_mmu.c
// mistake: Get-and-protect reports written hugetlb pages and arms none.
// caught-by: SC-WP-MATCHING WP-NO-LOST-WRITE SC-WP-NO-VEC
// kind: slip

@@ @@
 pagemap_scan_hugetlb_entry(...)
 {
 <...
- make_uffd_wp_huge_pte(vma, start, ptep, pte);
+ if (!MUTANT(hugetlb_scan_arms_nothing))
+ 	make_uffd_wp_huge_pte(vma, start, ptep, pte);
 ...>
 }
