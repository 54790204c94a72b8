// SPDX-License-Identifier: GPL-2.0
// mutant: rwp-swapoff-opens
// file: mm/swapfile.c
// mistake: swapoff brings a read-write protected page back accessible, with the bit.
// caught-by: RW-PERSISTS RW-TRAPS
// kind: slip

@@ @@
 unuse_pte(...)
 {
 <...
- userfaultfd_rwp(vma)
+ (userfaultfd_rwp(vma) && !MUTANT(rwp_swapoff_opens))
 ...>
 }
