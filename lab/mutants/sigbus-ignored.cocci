// SPDX-License-Identifier: GPL-2.0
// mutant: sigbus-ignored
// file: mm/userfaultfd.c
// mistake: With the SIGBUS feature a write to a protected page still delivers an event and blocks.
// caught-by: EV-SIGBUS
// kind: slip

@@ @@
 handle_userfault(...)
 {
 <...
 if (
- ctx->features & UFFD_FEATURE_SIGBUS
+ (ctx->features & UFFD_FEATURE_SIGBUS) && !MUTANT(sigbus_ignored)
 ) goto out;
 ...>
 }
