// SPDX-License-Identifier: GPL-2.0
// mutant: pmd-migrate-in-drops
// file: mm/huge_memory.c
// mistake: A migrated THP comes back without the bit that its migration entry carried.
// caught-by: LC-MIGRATE
// kind: past 24bf08c4376b

@@ @@
 remove_migration_pmd(...)
 {
 <...
 if (
- pmd_swp_uffd(*pvmw->pmd)
+ pmd_swp_uffd(*pvmw->pmd) && !MUTANT(pmd_migrate_in_drops)
 ) pmde = pmd_mkuffd(pmde);
 ...>
 }
