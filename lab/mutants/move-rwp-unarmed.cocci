// SPDX-License-Identifier: GPL-2.0
// mutant: move-rwp-unarmed
// file: mm/userfaultfd.c
// mistake: UFFDIO_MOVE into a read-write protected mapping leaves a base page accessible.
// caught-by: FI-MOVE RW-PERSISTS RW-TRAPS
// kind: slip

@@ @@
 move_present_ptes(...)
 {
 <...
- userfaultfd_rwp(dst_vma)
+ (userfaultfd_rwp(dst_vma) && !MUTANT(move_rwp_unarmed))
 ...>
 }
