// SPDX-License-Identifier: GPL-2.0
// mutant: hugetlb-fork-keeps
// file: mm/hugetlb.c
// mistake: A child without registration inherits the protection of hugetlb pages.
// caught-by: LC-FORK
// kind: past 6.4 'mm/hugetlb: fix uffd-wp during fork()'

@@ @@
 copy_hugetlb_page_range(...)
 {
 <...
- entry = huge_pte_clear_uffd(entry);
+ entry = MUTANT(hugetlb_fork_keeps) ? entry : huge_pte_clear_uffd(entry);
 ...>
 }
