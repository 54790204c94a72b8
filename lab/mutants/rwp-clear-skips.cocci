// SPDX-License-Identifier: GPL-2.0
// mutant: rwp-clear-skips
// file: mm/userfaultfd.c
// mistake: Closing or unregistering leaves read-write protected pages inaccessible.
// caught-by: RW-CLEANUP
// kind: slip

@@ @@
 userfaultfd_clear_vma(...)
 {
 <...
 if (
- userfaultfd_rwp(vma)
+ userfaultfd_rwp(vma) && !MUTANT(rwp_clear_skips)
 ) { ... }
 ...>
 }
