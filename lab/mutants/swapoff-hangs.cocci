// SPDX-License-Identifier: GPL-2.0
// mutant: swapoff-hangs
// file: mm/swapfile.c
// mistake: swapoff doesn't recognise the entries of protected pages, and never ends.
// caught-by: LC-SWAP
// kind: past 5.10.46 'pte_same_as_swp() not removing uffd-wp bit'
// boot: own

@@ @@
 pte_same_as_swp(...)
 {
 <...
 return
- pte_same(pte_swp_clear_flags(pte), swp_pte)
+ pte_same(pte_swp_clear_flags(pte), swp_pte) && !(pte_swp_uffd(pte) && MUTANT(swapoff_hangs))
 ;
 ...>
 }
