// SPDX-License-Identifier: GPL-2.0
// mutant: race-scan-huge-no-flush
// file: fs/proc/task_mmu.c
// mistake: A scan arms a huge PMD without flushing other processors' translations.
// caught-by: WP-NO-LOST-WRITE SC-WP-MATCHING
// kind: slip
// luck: a store by a translation that was not flushed

@@ @@
 pagemap_scan_thp_entry(...)
 {
 <...
- flush_tlb_range(vma, start, end);
+ if (!MUTANT(race_scan_huge_no_flush))
+ 	flush_tlb_range(vma, start, end);
 ...>
 }
