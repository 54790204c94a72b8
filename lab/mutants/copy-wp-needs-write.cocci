// SPDX-License-Identifier: GPL-2.0
// mutant: copy-wp-needs-write
// file: mm/userfaultfd.c
// mistake: UFFDIO_COPY with the WP flag into a read-only mapping forgets the bit.
// caught-by: FI-COPY-WP
// kind: past 5.17.5 'mark uffd_wp regardless of VM_WRITE flag'

@@ @@
 mfill_atomic_install_pte(...)
 {
 <...
 if (
- flags & MFILL_ATOMIC_WP
+ (flags & MFILL_ATOMIC_WP) && !(!(dst_vma->vm_flags & VM_WRITE) && MUTANT(copy_wp_needs_write))
 ) { ... }
 ...>
 }
