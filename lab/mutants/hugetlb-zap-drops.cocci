// SPDX-License-Identifier: GPL-2.0
// mutant: hugetlb-zap-drops
// file: mm/hugetlb.c
// mistake: Dropping a protected hugetlb page drops its protection.
// caught-by: LC-ZAP WP-PERSISTS
// kind: slip

@@ @@
 __unmap_hugepage_range(...)
 {
 <...
- huge_pte_uffd(pte)
+ (huge_pte_uffd(pte) && !MUTANT(hugetlb_zap_drops))
 ...>
 }
