// SPDX-License-Identifier: GPL-2.0
// mutant: pmd-migrate-out-drops
// file: mm/huge_memory.c
// mistake: The migration entry of a protected THP doesn't carry the bit.
// caught-by: LC-MIGRATE
// kind: past 24bf08c4376b

@@ @@
 set_pmd_migration_entry(...)
 {
 <...
- uffd_wp = pmd_uffd(pmdval);
+ uffd_wp = pmd_uffd(pmdval) && !MUTANT(pmd_migrate_out_drops);
 ...>
 }
