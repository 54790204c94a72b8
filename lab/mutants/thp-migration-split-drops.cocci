// SPDX-License-Identifier: GPL-2.0
// mutant: thp-migration-split-drops
// file: mm/huge_memory.c
// sites: 2
// mistake: Splitting the PMD of a protected THP under migration drops the protection.
// caught-by: LC-MIGRATE LC-SPLIT
// kind: past 24bf08c4376b

@@ @@
 __split_huge_pmd_locked(...)
 {
 <...
- uffd_wp = pmd_swp_uffd(old_pmd);
+ uffd_wp = pmd_swp_uffd(old_pmd) && !MUTANT(thp_migration_split_drops);
 ...>
 }
