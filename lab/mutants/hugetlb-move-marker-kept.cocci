// SPDX-License-Identifier: GPL-2.0
// mutant: hugetlb-move-marker-kept
// file: mm/hugetlb.c
// mistake: mremap without the remap event takes the markers of hugetlb holes along.
// caught-by: LC-MREMAP PM-BIT57
// kind: slip

@@ @@
 move_huge_pte(...)
 {
 <...
- need_clear_uffd_wp && pte_is_uffd_wp_marker(pte)
+ need_clear_uffd_wp && !MUTANT(hugetlb_move_marker_kept) && pte_is_uffd_wp_marker(pte)
 ...>
 }
