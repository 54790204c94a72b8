// SPDX-License-Identifier: GPL-2.0
// mutant: hugetlb-migration-skips
// file: mm/hugetlb.c
// mistake: Un-protecting skips hugetlb pages under migration.
// caught-by: LC-MIGRATE WP-RANGE-EXACT
// kind: past 6.1.8 'migration entries'

@@ @@
 hugetlb_change_protection(...)
 {
 <...
- newpte = pte_swp_clear_uffd(newpte);
+ newpte = MUTANT(hugetlb_migration_skips) ? newpte : pte_swp_clear_uffd(newpte);
 ...>
 }
