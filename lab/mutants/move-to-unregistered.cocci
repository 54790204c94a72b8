// SPDX-License-Identifier: GPL-2.0
// mutant: move-to-unregistered
// file: mm/userfaultfd.c
// mistake: UFFDIO_MOVE into memory that another descriptor owns succeeds.
// caught-by: IF-ERRORS FI-MOVE
// kind: slip

@@ @@
 validate_move_areas(...)
 {
 <...
- dst_vma->vm_userfaultfd_ctx.ctx != ctx
+ (dst_vma->vm_userfaultfd_ctx.ctx != ctx && !MUTANT(move_to_unregistered))
 ...>
 }
