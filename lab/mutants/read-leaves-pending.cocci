// SPDX-License-Identifier: GPL-2.0
// mutant: read-leaves-pending
// file: mm/userfaultfd.c
// mistake: An event that was read once is still pending, and read again.
// caught-by: EV-ONE
// kind: slip

@@ @@
 userfaultfd_ctx_read(...)
 {
 <...
- add_wait_queue(&ctx->fault_wqh, &uwq->wq);
+ if (MUTANT(read_leaves_pending) && no_wait)
+ 	__add_wait_queue(&ctx->fault_pending_wqh, &uwq->wq);
+ else
+ 	add_wait_queue(&ctx->fault_wqh, &uwq->wq);
 ...>
 }
