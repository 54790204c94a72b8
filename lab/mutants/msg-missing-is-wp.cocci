// SPDX-License-Identifier: GPL-2.0
// mutant: msg-missing-is-wp
// file: mm/userfaultfd.c
// mistake: The message of a missing page has the WP flag.
// caught-by: EV-MISSING-MIX
// kind: slip

@@ @@
 userfault_msg(...)
 {
 ...
+ if (reason & VM_UFFD_MISSING && MUTANT(msg_missing_is_wp))
+ 	msg.arg.pagefault.flags |= UFFD_PAGEFAULT_FLAG_WP;
 return msg;
 }
