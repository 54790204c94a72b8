// SPDX-License-Identifier: GPL-2.0
// mutant: scan-flush-last-page
// file: fs/proc/task_mmu.c
// sites: 3
// mistake: A scan that arms several base pages flushes only the last one from other processors.
// caught-by: WP-NO-LOST-WRITE SC-WP-MATCHING
// kind: slip
// luck: a store by a translation that was not flushed

@@ @@
 pagemap_scan_pmd_entry(...)
 {
 <...
- if (!flush_end)
+ if (!flush_end || MUTANT(scan_flush_last_page))
  start = addr;
 ...>
 }
