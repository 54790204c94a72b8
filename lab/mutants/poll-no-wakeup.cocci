// SPDX-License-Identifier: GPL-2.0
// mutant: poll-no-wakeup
// file: mm/userfaultfd.c
// mistake: Whoever waits in poll isn't woken by a page fault.
// caught-by: EV-POLL
// kind: slip

@@ @@
 handle_userfault(...)
 {
 <...
- wake_up_poll(&ctx->fd_wqh, EPOLLIN);
+ if (!MUTANT(poll_no_wakeup))
+ 	wake_up_poll(&ctx->fd_wqh, EPOLLIN);
 ...>
 }
