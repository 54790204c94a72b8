// SPDX-License-Identifier: GPL-2.0
// mutant: poll-forgets-events
// file: mm/userfaultfd.c
// mistake: poll reports page faults only, not that a mapping changes.
// caught-by: EV-POLL
// kind: slip

@@ @@
 userfaultfd_poll(...)
 {
 <...
- waitqueue_active(&ctx->event_wqh)
+ (waitqueue_active(&ctx->event_wqh) && !MUTANT(poll_forgets_events))
 ...>
 }
