// SPDX-License-Identifier: GPL-2.0
// mutant: wp-no-flush
// file: mm/mprotect.c
// mistake: Protecting base pages leaves other processors' translations writable.
// caught-by: WP-NO-LOST-WRITE WP-NEVER-WRITABLE EV-ONE
// kind: slip
// luck: a store by a translation that was not flushed

@@ @@
 prot_commit_flush_ptes(...)
 {
 <...
- pte_needs_flush(oldpte, ptent)
+ pte_needs_flush(oldpte, ptent) && !MUTANT(wp_no_flush)
 ...>
 }
