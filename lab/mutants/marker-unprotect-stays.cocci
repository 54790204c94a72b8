// SPDX-License-Identifier: GPL-2.0
// mutant: marker-unprotect-stays
// file: mm/mprotect.c
// mistake: Un-protecting leaves the markers of unpopulated pages.
// caught-by: WP-RANGE-EXACT LC-UNREGISTER EV-CLOSE
// kind: slip

@@ @@
 change_softleaf_pte(...)
 {
 <...
 if (
- uffd_prot_resolve
+ uffd_prot_resolve && !MUTANT(marker_unprotect_stays)
 ) { pte_clear(...); ... }
 ...>
 }
