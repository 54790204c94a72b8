// SPDX-License-Identifier: GPL-2.0
// mutant: hugetlb-hole-no-table
// file: mm/hugetlb.c
// mistake: Protecting unpopulated hugetlb memory skips what has no page table yet.
// caught-by: WP-UNPOPULATED
// kind: past 6.1.8 'pre-allocate pgtable pages'

@@ @@
 hugetlb_change_protection(...)
 {
 <...
 if (!ptep) {
 if (
- !uffd_wp
+ !uffd_wp || MUTANT(hugetlb_hole_no_table)
 ) { ... }
 ...
 }
 ...>
 }
