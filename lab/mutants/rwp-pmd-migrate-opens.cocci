// SPDX-License-Identifier: GPL-2.0
// mutant: rwp-pmd-migrate-opens
// file: mm/huge_memory.c
// mistake: A read-write protected THP comes back from migration accessible, with the bit.
// caught-by: RW-PERSISTS RW-TRAPS
// kind: slip

@@ @@
 remove_migration_pmd(...)
 {
 <...
- userfaultfd_rwp(vma)
+ (userfaultfd_rwp(vma) && !MUTANT(rwp_pmd_migrate_opens))
 ...>
 }
