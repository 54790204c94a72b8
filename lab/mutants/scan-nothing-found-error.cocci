// SPDX-License-Identifier: GPL-2.0
// mutant: scan-nothing-found-error
// file: fs/proc/task_mmu.c
// mistake: A scan that finds nothing is answered with an error.
// caught-by: SC-REGIONS SC-ERRORS
// kind: slip

@@ @@
 do_pagemap_scan(...)
 {
 <...
- ret = n_ranges_out;
+ ret = n_ranges_out || !MUTANT(scan_nothing_found_error) ? n_ranges_out : -ENOENT;
 ...>
 }
