// SPDX-License-Identifier: GPL-2.0
// mutant: hugetlb-populate-drops
// file: mm/hugetlb.c
// mistake: A protected hugetlb hole is unprotected once it is populated.
// caught-by: WP-POPULATE-KEEPS WP-READ-KEEPS WP-UNPOPULATED
// kind: slip

@@ @@
 hugetlb_no_page(...)
 {
 <...
- pte_is_uffd_wp_marker(vmf->orig_pte)
+ (pte_is_uffd_wp_marker(vmf->orig_pte) && !MUTANT(hugetlb_populate_drops))
 ...>
 }
