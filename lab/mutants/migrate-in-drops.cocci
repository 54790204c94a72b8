// SPDX-License-Identifier: GPL-2.0
// mutant: migrate-in-drops
// file: mm/migrate.c
// mistake: A migrated base page comes back without the bit that its migration entry carried.
// caught-by: LC-MIGRATE
// kind: past 5.8.8 'fixup setting UFFD_WP flag'

@@ @@
 remove_migration_pte(...)
 {
 <...
 if (
- pte_swp_uffd(old_pte)
+ pte_swp_uffd(old_pte) && !MUTANT(migrate_in_drops)
 ) pte = pte_mkuffd(pte);
 ...>
 }
