// SPDX-License-Identifier: GPL-2.0
// mutant: pte-unshare-drops-wp
// file: mm/memory.c
// mistake: An unshare fault's copy of a protected page is unprotected.
// caught-by: WP-PERSISTS HZ-UNSHARE
// kind: slip

@@ @@
 wp_page_copy(...)
 {
 <...
- pte_uffd(vmf->orig_pte)
+ (pte_uffd(vmf->orig_pte) && !MUTANT(pte_unshare_drops_wp))
 ...>
 }
