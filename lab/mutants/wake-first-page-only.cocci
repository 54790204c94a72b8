// SPDX-License-Identifier: GPL-2.0
// mutant: wake-first-page-only
// file: mm/userfaultfd.c
// mistake: Waking a range wakes only the writers blocked on its first page.
// caught-by: EV-ALL-WAITERS EV-CONTENT-HELD
// kind: slip

@@ @@
 userfaultfd_wake_function(...)
 {
 <...
- start + len <= uwq->msg.arg.pagefault.address
+ start + (MUTANT(wake_first_page_only) ? PAGE_SIZE : len) <= uwq->msg.arg.pagefault.address
 ...>
 }
