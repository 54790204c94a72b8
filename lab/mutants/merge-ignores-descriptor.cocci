// SPDX-License-Identifier: GPL-2.0
// mutant: merge-ignores-descriptor
// file: mm/vma.c
// mistake: Neighbouring mappings of different descriptors are merged: one of the two loses its own.
// caught-by: LC-VMA LC-REREGISTER
// kind: past 6.16: broken uffd merge on mremap
// boot: own

@@ @@
 is_mergeable_vma(...)
 {
 <...
- !is_mergeable_vm_userfaultfd_ctx(vma, vmg->uffd_ctx)
+ !is_mergeable_vm_userfaultfd_ctx(vma, vmg->uffd_ctx) && !MUTANT(merge_ignores_descriptor)
 ...>
 }
