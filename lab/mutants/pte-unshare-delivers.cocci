// SPDX-License-Identifier: GPL-2.0
// mutant: pte-unshare-delivers
// file: mm/memory.c
// mistake: An unshare fault on a protected base page delivers a write event.
// caught-by: HZ-UNSHARE WP-READ-KEEPS EV-ONE
// kind: slip

@@ @@
 do_wp_page(...)
 {
 <...
- !unshare
+ (!unshare || MUTANT(pte_unshare_delivers))
 ...>
 }
