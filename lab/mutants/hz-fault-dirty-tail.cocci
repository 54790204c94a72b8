// SPDX-License-Identifier: GPL-2.0
// mutant: hz-fault-dirty-tail
// file: mm/huge_memory.c
// mistake: The THP that replaces a huge-zero PMD is not zero in its last page.
// caught-by: HZ-SYNC-THP AS-RESOLVES
// kind: slip: clears one page too few

@@ @@
 do_huge_zero_wp_pmd(...)
 {
 <...
 if (unlikely(!folio))
 	return ...;
+ if (MUTANT(hz_fault_dirty_tail))
+ 	memset(page_address(folio_page(folio, HPAGE_PMD_NR - 1)), 0xdb, PAGE_SIZE);
 ...>
 }
