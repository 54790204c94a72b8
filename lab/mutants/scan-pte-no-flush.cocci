// SPDX-License-Identifier: GPL-2.0
// mutant: scan-pte-no-flush
// file: fs/proc/task_mmu.c
// mistake: A scan arms base pages without flushing other processors' translations.
// caught-by: WP-NO-LOST-WRITE SC-WP-MATCHING
// kind: slip
// luck: a store by a translation that was not flushed

@@ @@
 pagemap_scan_pmd_entry(...)
 {
 <...
 if (
- flush_end
+ flush_end && !MUTANT(scan_pte_no_flush)
 ) flush_tlb_range(vma, start, addr);
 ...>
 }
