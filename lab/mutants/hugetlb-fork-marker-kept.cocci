// SPDX-License-Identifier: GPL-2.0
// mutant: hugetlb-fork-marker-kept
// file: mm/hugetlb.c
// mistake: A child without registration inherits the markers of unpopulated hugetlb pages.
// caught-by: LC-FORK PM-BIT57
// kind: slip

@@ @@
 copy_hugetlb_page_range(...)
 {
 <...
- copy_pte_marker(softleaf, dst_vma)
+ (MUTANT(hugetlb_fork_marker_kept) ? softleaf_to_marker(softleaf) : copy_pte_marker(softleaf, dst_vma))
 ...>
 }
