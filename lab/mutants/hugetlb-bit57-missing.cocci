// SPDX-License-Identifier: GPL-2.0
// mutant: hugetlb-bit57-missing
// file: fs/proc/task_mmu.c
// mistake: Bit 57 of pagemap isn't shown for hugetlb pages.
// caught-by: PM-BIT57 PM-AGREE
// kind: slip

@@ @@
 pagemap_hugetlb_range(...)
 {
 <...
 if (
- huge_pte_uffd(pte)
+ huge_pte_uffd(pte) && !MUTANT(hugetlb_bit57_missing)
 ) flags |= PM_UFFD_WP;
 ...>
 }
