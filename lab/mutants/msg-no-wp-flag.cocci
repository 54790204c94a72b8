// SPDX-License-Identifier: GPL-2.0
// mutant: msg-no-wp-flag
// file: mm/userfaultfd.c
// mistake: The message of a write to a protected page lacks the WP flag.
// caught-by: EV-ONE EV-MISSING-MIX
// kind: slip

@@ @@
 userfault_msg(...)
 {
 <...
- reason & VM_UFFD_WP
+ (reason & VM_UFFD_WP) && !MUTANT(msg_no_wp_flag)
 ...>
 }
