// SPDX-License-Identifier: GPL-2.0
// mutant: hole-write-drops
// file: mm/memory.c
// mistake: Writing to a protected unpopulated page maps it unprotected and writable.
// caught-by: WP-UNPOPULATED EV-ONE
// kind: slip

@@ expression list[4] es; @@
 do_anonymous_page(...)
 {
 <...
 map_anon_folio_pte_pf(es,
- vmf_orig_pte_uffd_wp(vmf)
+ vmf_orig_pte_uffd_wp(vmf) && !MUTANT(hole_write_drops)
 );
 ...>
 }
