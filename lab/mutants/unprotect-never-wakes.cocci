// SPDX-License-Identifier: GPL-2.0
// mutant: unprotect-never-wakes
// file: mm/userfaultfd.c
// mistake: Un-protecting doesn't wake the writer.
// caught-by: EV-CONTENT-HELD EV-ALL-WAITERS
// kind: slip

@@ expression E; @@
 userfaultfd_writeprotect(...)
 {
 <...
 if (
- !mode_wp && E
+ !mode_wp && !MUTANT(unprotect_never_wakes) && E
  ) { ... wake_userfault(...); }
 ...>
 }
