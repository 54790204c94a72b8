// SPDX-License-Identifier: GPL-2.0
// mutant: hz-split-first-page
// file: mm/huge_memory.c
// mistake: Splitting a protected huge-zero PMD forgets the first page's protection.
// caught-by: LC-SPLIT AS-SPLIT-PATH WP-RANGE-EXACT
// kind: slip: off by one

@@ expression E; @@
 __split_huge_zero_page_pmd(...)
 {
 <...
 if (
- E
+ (E) && !(i == 0 && MUTANT(hz_split_first_page))
 ) entry = pte_mkuffd(entry);
 ...>
 }
