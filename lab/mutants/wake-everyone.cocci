// SPDX-License-Identifier: GPL-2.0
// mutant: wake-everyone
// file: mm/userfaultfd.c
// mistake: Waking a range wakes all, wherever they are blocked.
// caught-by: EV-ALL-WAITERS
// kind: slip

@@ expression E; @@
 userfaultfd_wake_function(...)
 {
 <...
- len && (E)
+ len && !MUTANT(wake_everyone) && (E)
 ...>
 }
