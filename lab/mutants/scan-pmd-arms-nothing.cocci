// SPDX-License-Identifier: GPL-2.0
// mutant: scan-pmd-arms-nothing
// file: fs/proc/task_mmu.c
// mistake: A scan that gets and arms reports a whole huge PMD and doesn't arm it.
// caught-by: SC-WP-MATCHING WP-NO-LOST-WRITE
// kind: slip

@@ @@
 pagemap_scan_thp_entry(...)
 {
 <...
- make_uffd_wp_pmd(vma, start, pmd);
+ if (!MUTANT(scan_pmd_arms_nothing))
+ 	make_uffd_wp_pmd(vma, start, pmd);
 ...>
 }
