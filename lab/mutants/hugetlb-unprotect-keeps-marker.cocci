// SPDX-License-Identifier: GPL-2.0
// mutant: hugetlb-unprotect-keeps-marker
// file: mm/hugetlb.c
// mistake: Un-protecting leaves the markers of hugetlb holes.
// caught-by: WP-UNPOPULATED WP-RANGE-EXACT EV-CLOSE
// kind: past 6.1.8 'PTE marker handling'

@@ @@
 hugetlb_change_protection(...)
 {
 <...
- huge_pte_clear(mm, address, ptep, psize);
+ if (!MUTANT(hugetlb_unprotect_keeps_marker))
+ 	huge_pte_clear(mm, address, ptep, psize);
 ...>
 }
