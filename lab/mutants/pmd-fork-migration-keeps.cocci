// SPDX-License-Identifier: GPL-2.0
// mutant: pmd-fork-migration-keeps
// file: mm/huge_memory.c
// mistake: A child without registration inherits the bit on THPs under migration.
// caught-by: LC-FORK LC-MIGRATE
// kind: past 5.14 'fix uffd-wp special cases for fork()'

@@ @@
 copy_huge_non_present_pmd(...)
 {
 <...
- !userfaultfd_protected(dst_vma)
+ (!userfaultfd_protected(dst_vma) && !MUTANT(pmd_fork_migration_keeps))
 ...>
 }
