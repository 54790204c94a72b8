// SPDX-License-Identifier: GPL-2.0
// mutant: wait-not-checked
// file: mm/userfaultfd.c
// mistake: A writer whose page was un-protected before it got to sleep sleeps nevertheless.
// caught-by: EV-ALL-WAITERS EV-CONTENT-HELD
// kind: past 4.3: why userfaultfd_must_wait() exists
// luck: an un-protecting between a fault and its sleep

@@ @@
 handle_userfault(...)
 {
 <...
- must_wait = userfaultfd_must_wait(ctx, vmf, reason);
+ must_wait = userfaultfd_must_wait(ctx, vmf, reason) || MUTANT(wait_not_checked);
 ...>
 }
