// SPDX-License-Identifier: GPL-2.0
// mutant: rwp-mprotect-opens
// file: mm/mprotect.c
// mistake: mprotect makes read-write protected base pages accessible.
// caught-by: RW-PERSISTS RW-TRAPS
// kind: slip

@@ @@
 change_present_ptes(...)
 {
 <...
- userfaultfd_rwp(vma)
+ (userfaultfd_rwp(vma) && !(!uffd_prot && MUTANT(rwp_mprotect_opens)))
 ...>
 }
