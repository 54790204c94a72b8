// SPDX-License-Identifier: GPL-2.0
// mutant: rwp-migrate-opens
// file: mm/migrate.c
// mistake: A read-write protected base page comes back from migration accessible, with the bit.
// caught-by: RW-PERSISTS RW-TRAPS
// kind: slip

@@ @@
 remove_migration_pte(...)
 {
 <...
- userfaultfd_rwp(vma)
+ (userfaultfd_rwp(vma) && !MUTANT(rwp_migrate_opens))
 ...>
 }
