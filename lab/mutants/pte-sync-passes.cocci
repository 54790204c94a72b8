// SPDX-License-Identifier: GPL-2.0
// mutant: pte-sync-passes
// file: mm/memory.c
// mistake: A sync write to a protected base page passes without an event.
// caught-by: EV-ONE WP-NO-LOST-WRITE EV-CONTENT-HELD
// kind: slip

@@ @@
 do_wp_page(...)
 {
 <...
- !userfaultfd_wp_async(vma)
+ (!userfaultfd_wp_async(vma) && !MUTANT(pte_sync_passes))
 ...>
 }
