// SPDX-License-Identifier: GPL-2.0
// mutant: migrate-in-writable
// file: mm/migrate.c
// mistake: A migrated protected base page comes back with the bit and writable.
// caught-by: LC-MIGRATE WP-NEVER-WRITABLE
// kind: past 6.2 'fix read-only page got writable when recover pte'

@@ @@
 remove_migration_pte(...)
 {
 <...
- pte = pte_mkuffd(pte);
+ pte = (vma->vm_flags & VM_WRITE) && MUTANT(migrate_in_writable) ? pte_mkwrite(pte_mkuffd(pte), vma) :
+ 	pte_mkuffd(pte);
 ...>
 }
