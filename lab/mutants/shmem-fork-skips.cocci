// SPDX-License-Identifier: GPL-2.0
// mutant: shmem-fork-skips
// file: mm/memory.c
// mistake: Fork leaves a file's page tables to the child's faults though they hold protection.
// caught-by: LC-FORK
// kind: past 5.19 'handle uffd-wp during fork()'

@@ @@
 vma_needs_copy(...)
 {
 <...
- dst_vma->vm_flags & VM_COPY_ON_FORK
+ dst_vma->vm_flags & (MUTANT(shmem_fork_skips) ? VM_COPY_ON_FORK & ~VM_UFFD_WP : VM_COPY_ON_FORK)
 ...>
 }
