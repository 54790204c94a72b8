// SPDX-License-Identifier: GPL-2.0
// mutant: rwp-unprotect-never-wakes
// file: mm/userfaultfd.c
// mistake: Un-protecting a read-write protected range doesn't wake who waits.
// caught-by: RW-TRAPS
// kind: slip

@@ expression E; @@
 userfaultfd_rwprotect(...)
 {
 <...
 if (
- !mode_rwp && E
+ !mode_rwp && !MUTANT(rwp_unprotect_never_wakes) && E
  ) { ... wake_userfault(...); }
 ...>
 }
