// SPDX-License-Identifier: GPL-2.0
// mutant: poll-after-read
// file: mm/userfaultfd.c
// mistake: poll reports a page fault that was read already, until it is resolved.
// caught-by: EV-POLL
// kind: slip: looks at the wrong queue too

@@ @@
 userfaultfd_poll(...)
 {
 <...
- waitqueue_active(&ctx->fault_pending_wqh)
+ (waitqueue_active(&ctx->fault_pending_wqh) || (waitqueue_active(&ctx->fault_wqh) && MUTANT(poll_after_read)))
 ...>
 }
