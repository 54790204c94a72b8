// SPDX-License-Identifier: GPL-2.0
// mutant: rwp-fork-child-traps
// file: mm/huge_memory.c
// mistake: A child without registration inherits inaccessible PMDs from a read-write protected parent.
// caught-by: LC-FORK RW-PERSISTS
// kind: slip

@@ @@
 copy_huge_pmd(...)
 {
 <...
 if (
- userfaultfd_rwp(src_vma)
+ userfaultfd_rwp(src_vma) && !MUTANT(rwp_fork_child_traps)
  && pmd_uffd(pmd)) pmd = pmd_modify(pmd, dst_vma->vm_page_prot);
 ...>
 }
