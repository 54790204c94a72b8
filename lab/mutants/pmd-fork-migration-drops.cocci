// SPDX-License-Identifier: GPL-2.0
// mutant: pmd-fork-migration-drops
// file: mm/huge_memory.c
// sites: 2
// mistake: fork takes the protection off the parent's THPs under migration.
// caught-by: LC-FORK LC-MIGRATE
// kind: past 5.14 'fix uffd-wp special cases for fork()'

@@ @@
 copy_huge_non_present_pmd(...)
 {
 <...
- pmd_swp_uffd(*src_pmd)
+ (pmd_swp_uffd(*src_pmd) && !MUTANT(pmd_fork_migration_drops))
 ...>
 }
