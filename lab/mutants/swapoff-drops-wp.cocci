// SPDX-License-Identifier: GPL-2.0
// mutant: swapoff-drops-wp
// file: mm/swapfile.c
// mistake: swapoff brings protected pages back unprotected.
// caught-by: LC-SWAP WP-PERSISTS
// kind: slip

@@ @@
 unuse_pte(...)
 {
 <...
 if (
- pte_swp_uffd(old_pte)
+ pte_swp_uffd(old_pte) && !MUTANT(swapoff_drops_wp)
 ) new_pte = pte_mkuffd(new_pte);
 ...>
 }
