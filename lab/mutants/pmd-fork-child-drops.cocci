// SPDX-License-Identifier: GPL-2.0
// mutant: pmd-fork-child-drops
// file: mm/huge_memory.c
// mistake: With the fork event the child's PMDs arrive unprotected.
// caught-by: LC-FORK
// kind: past 5.14 'fix uffd-wp special cases for fork()'

@@ @@
 copy_huge_pmd(...)
 {
 <...
- !userfaultfd_protected(dst_vma)
+ (!userfaultfd_protected(dst_vma) || MUTANT(pmd_fork_child_drops))
 ...>
 }
