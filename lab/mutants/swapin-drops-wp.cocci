// SPDX-License-Identifier: GPL-2.0
// mutant: swapin-drops-wp
// file: mm/memory.c
// mistake: A protected page comes back from swap unprotected.
// caught-by: LC-SWAP WP-PERSISTS
// kind: slip

@@ @@
 do_swap_page(...)
 {
 <...
 if (
- pte_swp_uffd(vmf->orig_pte)
+ pte_swp_uffd(vmf->orig_pte) && !MUTANT(swapin_drops_wp)
 ) pte = pte_mkuffd(pte);
 ...>
 }
