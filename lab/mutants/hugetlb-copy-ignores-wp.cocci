// SPDX-License-Identifier: GPL-2.0
// mutant: hugetlb-copy-ignores-wp
// file: mm/hugetlb.c
// mistake: A write that populates a protected private hugetlb page passes without an event.
// caught-by: WP-PERSISTS WP-NO-LOST-WRITE
// kind: past 60d5b473d61b

@@ @@
 hugetlb_wp(...)
 {
 <...
- !unshare && huge_pte_uffd(pte)
+ (!unshare && huge_pte_uffd(pte) && !MUTANT(hugetlb_copy_ignores_wp))
 ...>
 }
