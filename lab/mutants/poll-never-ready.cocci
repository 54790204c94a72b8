// SPDX-License-Identifier: GPL-2.0
// mutant: poll-never-ready
// file: mm/userfaultfd.c
// mistake: poll doesn't report a pending page fault.
// caught-by: EV-POLL
// kind: slip

@@ @@
 userfaultfd_poll(...)
 {
 <...
- waitqueue_active(&ctx->fault_pending_wqh)
+ (waitqueue_active(&ctx->fault_pending_wqh) && !MUTANT(poll_never_ready))
 ...>
 }
