// SPDX-License-Identifier: GPL-2.0
// mutant: rwp-half-registered
// file: mm/userfaultfd.c
// mistake: Read-write protecting a range that is registered in part does that part, and the rest as well.
// caught-by: IF-ERRORS RW-EXCLUSIVE
// kind: slip

@@ @@
 mrwprotect_range(...)
 {
 <...
- !userfaultfd_rwp(dst_vma)
+ !userfaultfd_rwp(dst_vma) && !MUTANT(rwp_half_registered)
 ...>
 }
