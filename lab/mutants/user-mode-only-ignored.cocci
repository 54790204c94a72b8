// SPDX-License-Identifier: GPL-2.0
// mutant: user-mode-only-ignored
// file: mm/userfaultfd.c
// mistake: A descriptor for user-mode faults only lets the kernel's own faults wait.
// caught-by: IF-PRIVILEGE WP-KERNEL-WRITERS
// kind: slip

@@ @@
 handle_userfault(...)
 {
 <...
- (ctx->flags & UFFD_USER_MODE_ONLY)
+ ((ctx->flags & UFFD_USER_MODE_ONLY) && !MUTANT(user_mode_only_ignored))
 ...>
 }
