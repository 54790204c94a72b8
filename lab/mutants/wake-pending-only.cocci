// SPDX-License-Identifier: GPL-2.0
// mutant: wake-pending-only
// file: mm/userfaultfd.c
// mistake: Waking misses the writers whose event was read already.
// caught-by: EV-ALL-WAITERS EV-CONTENT-HELD
// kind: slip

@@ @@
 __wake_userfault(...)
 {
 <...
- waitqueue_active(&ctx->fault_wqh)
+ (waitqueue_active(&ctx->fault_wqh) && !MUTANT(wake_pending_only))
 ...>
 }
