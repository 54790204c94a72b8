// SPDX-License-Identifier: GPL-2.0
// mutant: pte-unprotect-keeps-bit
// file: mm/mprotect.c
// mistake: Un-protecting a base page does nothing.
// caught-by: WP-RANGE-EXACT EV-CONTENT-HELD HZ-SYNC-PARTIAL
// kind: slip

@@ @@
 change_present_ptes(...)
 {
 <...
- ptent = pte_clear_uffd(ptent);
+ ptent = MUTANT(pte_unprotect_keeps_bit) ? ptent : pte_clear_uffd(ptent);
 ...>
 }
