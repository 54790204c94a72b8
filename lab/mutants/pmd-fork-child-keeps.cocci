// SPDX-License-Identifier: GPL-2.0
// mutant: pmd-fork-child-keeps
// file: mm/huge_memory.c
// mistake: A child without registration inherits the bit on its PMDs.
// caught-by: LC-FORK PM-BIT57
// kind: past 5.14 'fix uffd-wp special cases for fork()'

@@ @@
 copy_huge_pmd(...)
 {
 <...
- !userfaultfd_protected(dst_vma)
+ (!userfaultfd_protected(dst_vma) && !MUTANT(pmd_fork_child_keeps))
 ...>
 }
