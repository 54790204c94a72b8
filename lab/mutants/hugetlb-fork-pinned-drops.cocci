// SPDX-License-Identifier: GPL-2.0
// mutant: hugetlb-fork-pinned-drops
// file: mm/hugetlb.c
// mistake: A pinned hugetlb page, which fork copies at once, is unprotected in the child that inherits the registration.
// caught-by: LC-FORK
// kind: slip

@@ @@
 hugetlb_install_folio(...)
 {
 <...
- huge_pte_uffd(old)
+ (huge_pte_uffd(old) && !MUTANT(hugetlb_fork_pinned_drops))
 ...>
 }
