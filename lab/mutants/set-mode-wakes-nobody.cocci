// SPDX-License-Identifier: GPL-2.0
// mutant: set-mode-wakes-nobody
// file: mm/userfaultfd.c
// mistake: Switching to async leaves the accesses in flight asleep.
// caught-by: RW-SET-MODE
// kind: slip

@@ @@
 userfaultfd_set_mode(...)
 {
 <...
 if (
- mode.enable & UFFD_FEATURE_RWP_ASYNC
+ (mode.enable & UFFD_FEATURE_RWP_ASYNC) && !MUTANT(set_mode_wakes_nobody)
 ) { ... }
 ...>
 }
