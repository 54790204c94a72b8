// SPDX-License-Identifier: GPL-2.0
// mutant: rwp-any-mode-accepted
// file: mm/userfaultfd.c
// mistake: UFFDIO_RWPROTECT accepts modes that it doesn't know.
// caught-by: IF-ERRORS RW-EXCLUSIVE
// kind: slip

@@ @@
 userfaultfd_rwprotect(...)
 {
 <...
- uffdio_rwp.mode & ~(UFFDIO_RWPROTECT_MODE_DONTWAKE | UFFDIO_RWPROTECT_MODE_RWP)
+ (uffdio_rwp.mode & ~(UFFDIO_RWPROTECT_MODE_DONTWAKE | UFFDIO_RWPROTECT_MODE_RWP)) && !MUTANT(rwp_any_mode_accepted)
 ...>
 }
