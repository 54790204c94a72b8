// SPDX-License-Identifier: GPL-2.0
// mutant: wake-neighbour
// file: mm/userfaultfd.c
// mistake: Waking a range wakes the writer blocked on the page behind it.
// caught-by: EV-ALL-WAITERS
// kind: slip: off by one

@@ @@
 userfaultfd_wake_function(...)
 {
 <...
- len = range->len;
+ len = range->len + (range->len && MUTANT(wake_neighbour) ? PAGE_SIZE : 0);
 ...>
 }
