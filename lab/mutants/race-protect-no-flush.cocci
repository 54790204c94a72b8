// SPDX-License-Identifier: GPL-2.0
// mutant: race-protect-no-flush
// file: mm/mprotect.c
// mistake: UFFDIO_WRITEPROTECT arms base pages without flushing other processors' translations.
// caught-by: WP-NO-LOST-WRITE WP-NEVER-WRITABLE
// kind: past 6ce64428d620
// luck: a store by a translation that was not flushed

@@ @@
 prot_commit_flush_ptes(...)
 {
 <...
 if (
- pte_needs_flush(oldpte, ptent)
+ pte_needs_flush(oldpte, ptent) && !(pte_uffd(ptent) && MUTANT(race_protect_no_flush))
 ) tlb_flush_pte_range(...);
 ...>
 }
