// SPDX-License-Identifier: GPL-2.0
// mutant: hugetlb-fork-migration-corrupts
// file: mm/hugetlb.c
// mistake: A child's entry of a hugetlb page under migration is cleared like a present one, and stays protected.
// caught-by: LC-FORK LC-MIGRATE
// kind: past 6.12.103 'swap entry corruption when clearing uffd-wp at fork()'
// boot: own

@@ @@
 copy_hugetlb_page_range(...)
 {
 <...
- entry = pte_swp_clear_uffd(entry);
+ entry = MUTANT(hugetlb_fork_migration_corrupts) ? huge_pte_clear_uffd(entry) : pte_swp_clear_uffd(entry);
 ...>
 }
