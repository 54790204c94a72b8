// SPDX-License-Identifier: GPL-2.0
// mutant: thp-split-keeps-write
// file: mm/huge_memory.c
// mistake: The PTEs of a split protected THP are made writable after they got the bit.
// caught-by: LC-SPLIT WP-NEVER-WRITABLE WP-NO-LOST-WRITE
// kind: past 6.3 'always wr-protect pte in pte|pmd_mkuffd_wp()'

@@ @@
 __split_huge_pmd_locked(...)
 {
 <...
 set_ptes(mm, haddr, pte,
- entry
+ uffd_wp && MUTANT(thp_split_keeps_write) ? pte_mkwrite(entry, vma) : entry
 , HPAGE_PMD_NR);
 ...>
 }
