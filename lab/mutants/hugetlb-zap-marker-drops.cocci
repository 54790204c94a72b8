// SPDX-License-Identifier: GPL-2.0
// mutant: hugetlb-zap-marker-drops
// file: mm/hugetlb.c
// mistake: Dropping hugetlb memory drops the markers of its holes and of pages under migration.
// caught-by: LC-ZAP LC-MIGRATE
// kind: slip

@@ @@
 __unmap_hugepage_range(...)
 {
 <...
- pte_swp_uffd_any(pte)
+ (pte_swp_uffd_any(pte) && !MUTANT(hugetlb_zap_marker_drops))
 ...>
 }
