// SPDX-License-Identifier: GPL-2.0
// mutant: wake-read-only
// file: mm/userfaultfd.c
// mistake: Waking misses the writers whose event wasn't read yet.
// caught-by: EV-ALL-WAITERS EV-CONTENT-HELD
// kind: slip

@@ @@
 __wake_userfault(...)
 {
 <...
- waitqueue_active(&ctx->fault_pending_wqh)
+ (waitqueue_active(&ctx->fault_pending_wqh) && !MUTANT(wake_read_only))
 ...>
 }
