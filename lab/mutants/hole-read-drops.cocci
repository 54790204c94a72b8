// SPDX-License-Identifier: GPL-2.0
// mutant: hole-read-drops
// file: mm/memory.c
// mistake: Reading a protected unpopulated page maps the zero page unprotected.
// caught-by: WP-POPULATE-KEEPS WP-UNPOPULATED
// kind: slip

@@ @@
 do_anonymous_page(...)
 {
 <...
 if (
- vmf_orig_pte_uffd_wp(vmf)
+ vmf_orig_pte_uffd_wp(vmf) && !MUTANT(hole_read_drops)
 ) entry = pte_mkuffd(entry);
 ...>
 }
