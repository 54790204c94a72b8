// SPDX-License-Identifier: GPL-2.0
// mutant: rwp-thp-split-opens
// file: mm/huge_memory.c
// mistake: Splitting a read-write protected THP leaves its pages accessible, with the bit.
// caught-by: RW-PERSISTS RW-TRAPS
// kind: slip

@@ @@
 __split_huge_pmd_locked(...)
 {
 <...
- userfaultfd_rwp(vma) && uffd_wp
+ userfaultfd_rwp(vma) && uffd_wp && !MUTANT(rwp_thp_split_opens)
 ...>
 }
