// SPDX-License-Identifier: GPL-2.0
// mutant: reregister-drops-wp
// file: mm/userfaultfd.c
// mistake: Registering again without WP is accepted, and leaves bits that nobody describes.
// caught-by: LC-REREGISTER
// kind: slip: the older meaning

@@ @@
- cur->vm_flags & (VM_UFFD_WP | VM_UFFD_RWP) & ~vm_flags
+ ((cur->vm_flags & (VM_UFFD_WP | VM_UFFD_RWP) & ~vm_flags) && !MUTANT(reregister_drops_wp))
