// SPDX-License-Identifier: GPL-2.0
// mutant: pte-copy-no-flush
// file: mm/memory.c
// mistake: A page whose protection is not flushed yet is copied while others still write to it.
// caught-by: WP-NO-LOST-WRITE
// equivalent: a page that a stale translation can still write to is exclusive (PageAnonExclusive, since 5.19), and an exclusive page is reused, never copied; one that is copied lost its write access with a flush when it became shared
// kind: past 6ce64428d620
// luck: a store by a translation that was not flushed

@@ expression E; @@
 do_wp_page(...)
 {
 <...
 if (
- E
+ (E) && !MUTANT(pte_copy_no_flush)
 ) flush_tlb_page(vmf->vma, vmf->address);
 ...>
 }
