// SPDX-License-Identifier: GPL-2.0
// mutant: swap-unprotect-skips
// file: mm/mprotect.c
// mistake: Un-protecting skips swapped pages.
// caught-by: LC-SWAP WP-RANGE-EXACT
// kind: slip

@@ @@
 change_softleaf_pte(...)
 {
 <...
- newpte = pte_swp_clear_uffd(newpte);
+ newpte = MUTANT(swap_unprotect_skips) ? newpte : pte_swp_clear_uffd(newpte);
 ...>
 }
