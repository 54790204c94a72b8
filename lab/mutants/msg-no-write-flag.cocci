// SPDX-License-Identifier: GPL-2.0
// mutant: msg-no-write-flag
// file: mm/userfaultfd.c
// mistake: The message of a write to a protected page lacks the WRITE flag.
// caught-by: EV-ONE
// kind: slip

@@ @@
 userfault_msg(...)
 {
 <...
 if (
- flags & FAULT_FLAG_WRITE
+ (flags & FAULT_FLAG_WRITE) && !MUTANT(msg_no_write_flag)
 ) { ... }
 ...>
 }
