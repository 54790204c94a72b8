// SPDX-License-Identifier: GPL-2.0
// mutant: hugetlb-hole-skips
// file: mm/hugetlb.c
// mistake: Protecting skips unpopulated hugetlb pages.
// caught-by: WP-UNPOPULATED
// kind: past 6.1.8 'PTE marker handling'

@@ @@
 hugetlb_change_protection(...)
 {
 <...
 if (unlikely(
- uffd_wp
+ uffd_wp && !MUTANT(hugetlb_hole_skips)
 )) set_huge_pte_at(...);
 ...>
 }
