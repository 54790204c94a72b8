// SPDX-License-Identifier: GPL-2.0
// mutant: hz-split-drops-wp
// file: mm/huge_memory.c
// mistake: Splitting a protected huge-zero PMD leaves its 512 zero PTEs unprotected.
// caught-by: LC-SPLIT AS-SPLIT-PATH WP-RANGE-EXACT
// kind: past 42b2af2c9b7e

@@ expression E; @@
 __split_huge_zero_page_pmd(...)
 {
 <...
 if (
- E
+ (E) && !MUTANT(hz_split_drops_wp)
 ) entry = pte_mkuffd(entry);
 ...>
 }
