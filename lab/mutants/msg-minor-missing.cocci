// SPDX-License-Identifier: GPL-2.0
// mutant: msg-minor-missing
// file: mm/userfaultfd.c
// mistake: The message of a minor fault lacks the MINOR flag.
// caught-by: EV-MISSING-MIX
// kind: slip

@@ @@
 userfault_msg(...)
 {
 <...
- reason & VM_UFFD_MINOR
+ (reason & VM_UFFD_MINOR && !MUTANT(msg_minor_missing))
 ...>
 }
