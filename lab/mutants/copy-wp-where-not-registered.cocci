// SPDX-License-Identifier: GPL-2.0
// mutant: copy-wp-where-not-registered
// file: mm/userfaultfd.c
// mistake: UFFDIO_COPY with the WP flag is accepted in a mapping that is registered for missing pages only.
// caught-by: IF-ERRORS FI-COPY-WP
// kind: slip

@@ @@
 mfill_get_vma(...)
 {
 <...
- !(dst_vma->vm_flags & VM_UFFD_WP)
+ !(dst_vma->vm_flags & VM_UFFD_WP) && !MUTANT(copy_wp_where_not_registered)
 ...>
 }
