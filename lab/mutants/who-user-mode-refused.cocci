// SPDX-License-Identifier: GPL-2.0
// mutant: who-user-mode-refused
// file: mm/userfaultfd.c
// mistake: A descriptor for user-mode faults only needs privilege as any other.
// caught-by: IF-PRIVILEGE
// kind: slip

@@ @@
 userfaultfd_syscall_allowed(...)
 {
 <...
- (flags & UFFD_USER_MODE_ONLY)
+ ((flags & UFFD_USER_MODE_ONLY) && !MUTANT(who_user_mode_refused))
 ...>
 }
