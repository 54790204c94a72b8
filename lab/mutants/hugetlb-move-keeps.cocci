// SPDX-License-Identifier: GPL-2.0
// mutant: hugetlb-move-keeps
// file: mm/hugetlb.c
// mistake: mremap without the remap event takes the protection of hugetlb pages along.
// caught-by: LC-MREMAP PM-BIT57
// kind: slip

@@ @@
 move_huge_pte(...)
 {
 <...
- pte = huge_pte_clear_uffd(pte);
+ pte = MUTANT(hugetlb_move_keeps) ? pte : huge_pte_clear_uffd(pte);
 ...>
 }
