// SPDX-License-Identifier: GPL-2.0
// mutant: who-sysctl-ignored
// file: mm/userfaultfd.c
// mistake: Any user gets a descriptor that lets the kernel wait, whatever vm.unprivileged_userfaultfd says.
// caught-by: IF-PRIVILEGE
// kind: slip

@@ @@
 userfaultfd_syscall_allowed(...)
 {
 <...
- sysctl_unprivileged_userfaultfd
+ (sysctl_unprivileged_userfaultfd || MUTANT(who_sysctl_ignored))
 ...>
 }
