// SPDX-License-Identifier: GPL-2.0
// mutant: race-protect-huge-no-flush
// file: mm/huge_memory.c
// mistake: UFFDIO_WRITEPROTECT arms a huge PMD without flushing other processors' translations.
// caught-by: WP-NO-LOST-WRITE WP-NEVER-WRITABLE
// kind: slip
// luck: a store by a translation that was not flushed

@@ @@
 change_huge_pmd(...)
 {
 <...
 if (
- huge_pmd_needs_flush(oldpmd, entry)
+ huge_pmd_needs_flush(oldpmd, entry) && !(uffd_prot && MUTANT(race_protect_huge_no_flush))
 ) tlb_flush_pmd_range(...);
 ...>
 }
