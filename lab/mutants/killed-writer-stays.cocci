// SPDX-License-Identifier: GPL-2.0
// mutant: killed-writer-stays
// file: mm/userfaultfd.c
// mistake: A writer that waits can't be killed.
// caught-by: EV-SIGNAL
// kind: slip
// boot: own

@@ @@
 handle_userfault(...)
 {
 <...
- blocking_state = userfaultfd_get_blocking_state(vmf->flags);
+ blocking_state = MUTANT(killed_writer_stays) ? TASK_UNINTERRUPTIBLE :
+ 	userfaultfd_get_blocking_state(vmf->flags);
 ...>
 }
