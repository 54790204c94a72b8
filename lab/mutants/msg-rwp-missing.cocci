// SPDX-License-Identifier: GPL-2.0
// mutant: msg-rwp-missing
// file: mm/userfaultfd.c
// mistake: The message of an access to a read-write protected page lacks the RWP flag.
// caught-by: RW-TRAPS
// kind: slip

@@ @@
 userfault_msg(...)
 {
 <...
- reason & VM_UFFD_RWP
+ (reason & VM_UFFD_RWP && !MUTANT(msg_rwp_missing))
 ...>
 }
