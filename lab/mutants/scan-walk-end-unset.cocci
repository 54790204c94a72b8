// SPDX-License-Identifier: GPL-2.0
// mutant: scan-walk-end-unset
// file: fs/proc/task_mmu.c
// mistake: A scan that came to the end leaves walk_end at 0.
// caught-by: SC-LIMITS
// kind: slip

@@ @@
 do_pagemap_scan(...)
 {
 <...
- if (!p.arg.walk_end)
+ if (!p.arg.walk_end && !MUTANT(scan_walk_end_unset))
  p.arg.walk_end = p.arg.end;
 ...>
 }
