// SPDX-License-Identifier: GPL-2.0
// mutant: copy-to-unregistered
// file: mm/userfaultfd.c
// mistake: UFFDIO_COPY fills memory that nobody registered.
// caught-by: IF-ERRORS FI-COPY-WP
// kind: slip

@@ @@
 validate_dst_vma(...)
 {
 <...
- !dst_vma->vm_userfaultfd_ctx.ctx
+ !dst_vma->vm_userfaultfd_ctx.ctx && !MUTANT(copy_to_unregistered)
 ...>
 }
