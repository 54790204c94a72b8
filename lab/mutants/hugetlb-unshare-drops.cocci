// SPDX-License-Identifier: GPL-2.0
// mutant: hugetlb-unshare-drops
// file: mm/hugetlb.c
// mistake: An unshare fault's copy of a protected hugetlb page is unprotected.
// caught-by: WP-PERSISTS HZ-UNSHARE
// kind: past 0f230bc24b6e

@@ @@
 hugetlb_wp(...)
 {
 <...
 if (
- huge_pte_uffd(pte)
+ huge_pte_uffd(pte) && !MUTANT(hugetlb_unshare_drops)
 ) newpte = huge_pte_mkuffd(newpte);
 ...>
 }
