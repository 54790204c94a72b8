// SPDX-License-Identifier: GPL-2.0
// mutant: hz-split-protects-all
// file: mm/huge_memory.c
// mistake: Splitting an unprotected huge-zero PMD in a registered VMA protects its zero PTEs.
// caught-by: LC-SPLIT WP-RANGE-EXACT PM-BIT57
// kind: slip: asks the VMA instead of the entry

@@ expression E; @@
 __split_huge_zero_page_pmd(...)
 {
 <...
 if (
- E
+ (E) || (userfaultfd_wp(vma) && MUTANT(hz_split_protects_all))
 ) entry = pte_mkuffd(entry);
 ...>
 }
