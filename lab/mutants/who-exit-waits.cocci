// SPDX-License-Identifier: GPL-2.0
// mutant: who-exit-waits
// file: mm/userfaultfd.c
// mistake: A thread's last store, for whoever joins it, waits in a userfault.
// caught-by: WP-KERNEL-WRITERS
// kind: slip

@@ @@
 handle_userfault(...)
 {
 <...
- (PF_EXITING|PF_DUMPCORE)
+ (MUTANT(who_exit_waits) ? PF_DUMPCORE : PF_EXITING|PF_DUMPCORE)
 ...>
 }
