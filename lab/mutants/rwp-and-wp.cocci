// SPDX-License-Identifier: GPL-2.0
// mutant: rwp-and-wp
// file: mm/userfaultfd.c
// mistake: One range can be registered for both write and read-write protection.
// caught-by: RW-EXCLUSIVE
// kind: slip

@@ @@
- (vm_flags & VM_UFFD_WP) && (vm_flags & VM_UFFD_RWP)
+ (vm_flags & VM_UFFD_WP) && (vm_flags & VM_UFFD_RWP) && !MUTANT(rwp_and_wp)
