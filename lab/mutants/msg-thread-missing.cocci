// SPDX-License-Identifier: GPL-2.0
// mutant: msg-thread-missing
// file: mm/userfaultfd.c
// mistake: The thread id is left out though it was asked for.
// caught-by: EV-THREAD
// kind: slip

@@ @@
 userfault_msg(...)
 {
 <...
 if (
- features & UFFD_FEATURE_THREAD_ID
+ (features & UFFD_FEATURE_THREAD_ID) && !MUTANT(msg_thread_missing)
 ) { ... }
 ...>
 }
