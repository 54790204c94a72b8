// SPDX-License-Identifier: GPL-2.0
// mutant: scan-walk-end-pmd
// file: fs/proc/task_mmu.c
// mistake: A scan that is stopped inside a huge PMD says that it did all of it.
// caught-by: SC-LIMITS SC-WP-MATCHING
// kind: slip

@@ @@
 pagemap_scan_thp_entry(...)
 {
 <...
- ret = pagemap_scan_output(categories, p, start, &end);
+ ret = pagemap_scan_output(categories, p, start, &end);
+ if (ret == -ENOSPC && (end & ~HPAGE_PMD_MASK) && MUTANT(scan_walk_end_pmd))
+ 	p->arg.walk_end = ALIGN(end, HPAGE_PMD_SIZE);
 ...>
 }
