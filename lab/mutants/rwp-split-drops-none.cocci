// SPDX-License-Identifier: GPL-2.0
// mutant: rwp-split-drops-none
// file: mm/huge_memory.c
// mistake: Splitting a read-write protected huge-zero PMD leaves readable zero PTEs with the bit.
// caught-by: RW-PERSISTS RW-TRAPS
// kind: slip

@@ expression E; @@
 __split_huge_zero_page_pmd(...)
 {
 <...
 if (
- userfaultfd_rwp(vma)
+ userfaultfd_rwp(vma) && !MUTANT(rwp_split_drops_none)
  && E)
 	entry = pte_modify(entry, PAGE_NONE);
 ...>
 }
