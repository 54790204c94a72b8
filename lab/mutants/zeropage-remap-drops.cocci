// SPDX-License-Identifier: GPL-2.0
// mutant: zeropage-remap-drops
// file: mm/migrate.c
// mistake: A protected zero-filled page of a split THP becomes an unprotected zero page.
// caught-by: LC-SPLIT
// kind: past 9658d698a8a8

@@ @@
 try_to_map_unused_to_zeropage(...)
 {
 <...
 if (
- pte_swp_uffd(old_pte)
+ pte_swp_uffd(old_pte) && !MUTANT(zeropage_remap_drops)
 ) newpte = pte_mkuffd(newpte);
 ...>
 }
