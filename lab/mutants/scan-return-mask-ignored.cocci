// SPDX-License-Identifier: GPL-2.0
// mutant: scan-return-mask-ignored
// file: fs/proc/task_mmu.c
// mistake: The scan returns all categories, asked for or not.
// caught-by: SC-MASKS
// kind: slip

@@ @@
 pagemap_scan_output(...)
 {
 <...
- categories &= p->arg.return_mask;
+ if (!MUTANT(scan_return_mask_ignored))
+ 	categories &= p->arg.return_mask;
 ...>
 }
