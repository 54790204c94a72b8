// SPDX-License-Identifier: GPL-2.0
// mutant: race-wait-before-queue
// file: mm/userfaultfd.c
// mistake: A writer looks whether it has to wait before it can be found by who wakes: an un-protecting in between leaves it asleep.
// caught-by: EV-ALL-WAITERS EV-CONTENT-HELD
// kind: slip
// luck: an un-protecting between a fault and its sleep

@@ @@
 handle_userfault(...)
 {
 ...
  bool must_wait;
+ bool waited = false;
 ...
 }

@@ @@
 handle_userfault(...)
 {
 <...
 init_waitqueue_func_entry(&uwq.wq, userfaultfd_wake_function);
+ if (MUTANT(race_wait_before_queue) && !is_vm_hugetlb_page(vma))
+ 	waited = userfaultfd_must_wait(ctx, vmf, reason);
 ...>
 }

@@ @@
 handle_userfault(...)
 {
 <...
 if (likely(
- must_wait && !READ_ONCE(ctx->released)
+ (must_wait || waited) && !READ_ONCE(ctx->released)
 )) { ... }
 ...>
 }
