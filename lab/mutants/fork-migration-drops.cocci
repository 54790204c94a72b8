// SPDX-License-Identifier: GPL-2.0
// mutant: fork-migration-drops
// file: mm/memory.c
// sites: 2
// mistake: fork takes the protection off the parent's base pages under migration.
// caught-by: LC-FORK LC-MIGRATE
// kind: past 5.14 'fix uffd-wp special cases for fork()'

@@ @@
 copy_nonpresent_pte(...)
 {
 <...
- pte_swp_uffd(orig_pte)
+ (pte_swp_uffd(orig_pte) && !MUTANT(fork_migration_drops))
 ...>
 }
