// SPDX-License-Identifier: GPL-2.0
// mutant: rwp-pmd-mprotect-opens
// file: mm/huge_memory.c
// mistake: mprotect makes a read-write protected PMD accessible.
// caught-by: RW-PERSISTS RW-TRAPS
// kind: slip

@@ @@
 change_huge_pmd(...)
 {
 <...
 if (
- userfaultfd_rwp(vma)
+ userfaultfd_rwp(vma) && !(!uffd_prot && MUTANT(rwp_pmd_mprotect_opens))
  && pmd_uffd(entry))
 	entry = pmd_modify(entry, PAGE_NONE);
 ...>
 }
