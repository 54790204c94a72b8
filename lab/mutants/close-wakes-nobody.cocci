// SPDX-License-Identifier: GPL-2.0
// mutant: close-wakes-nobody
// file: mm/userfaultfd.c
// sites: 2
// mistake: Closing the descriptor leaves the blocked writers asleep.
// caught-by: EV-CLOSE
// kind: slip
// boot: own

@@ @@
 userfaultfd_release(...)
 {
 <...
(
- __wake_up_locked_key(&ctx->fault_pending_wqh, TASK_NORMAL, &range);
+ if (!MUTANT(close_wakes_nobody))
+ 	__wake_up_locked_key(&ctx->fault_pending_wqh, TASK_NORMAL, &range);
|
- __wake_up(&ctx->fault_wqh, TASK_NORMAL, 1, &range);
+ if (!MUTANT(close_wakes_nobody))
+ 	__wake_up(&ctx->fault_wqh, TASK_NORMAL, 1, &range);
)
 ...>
 }
