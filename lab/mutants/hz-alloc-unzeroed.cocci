// SPDX-License-Identifier: GPL-2.0
// mutant: hz-alloc-unzeroed
// file: mm/huge_memory.c
// mistake: The huge zero page isn't all zero when it is allocated.
// caught-by: HZ-SHARED-INTACT
// kind: past 6.18-rc7 'Fix initialization of huge zero folio'
// boot: own

@@ @@
 alloc_huge_zero_folio(...)
 {
 <...
- folio_clear_large_rmappable(zero_folio);
+ folio_clear_large_rmappable(zero_folio);
+ if (MUTANT(hz_alloc_unzeroed))
+ 	memset(folio_address(zero_folio) + HPAGE_PMD_SIZE / 2, 0x5a, PAGE_SIZE);
 ...>
 }
