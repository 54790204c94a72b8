// SPDX-License-Identifier: GPL-2.0
// mutant: swap-protect-skips
// file: mm/mprotect.c
// mistake: Protecting skips swapped pages.
// caught-by: LC-SWAP WP-RANGE-EXACT
// kind: slip

@@ statement S; @@
 change_softleaf_pte(...)
 {
 <...
 if (
- uffd_prot
+ uffd_prot && !MUTANT(swap_protect_skips)
 ) newpte = pte_swp_mkuffd(newpte);
 else S
 ...>
 }
