// SPDX-License-Identifier: GPL-2.0
// mutant: pmd-migrate-in-writable
// file: mm/huge_memory.c
// mistake: A migrated protected THP comes back with the bit and writable.
// caught-by: LC-MIGRATE WP-NEVER-WRITABLE
// kind: past 24bf08c4376b

@@ @@
 remove_migration_pmd(...)
 {
 <...
- pmde = pmd_mkuffd(pmde);
+ pmde = (vma->vm_flags & VM_WRITE) && MUTANT(pmd_migrate_in_writable) ?
+ 	pmd_mkwrite(pmd_mkuffd(pmde), vma) : pmd_mkuffd(pmde);
 ...>
 }
