// SPDX-License-Identifier: GPL-2.0
// mutant: mremap-merges-registered
// file: mm/vma.c
// mistake: A mapping moved without the remap event merges with a registered neighbour, and is registered in part.
// caught-by: LC-VMA LC-MREMAP
// kind: past 7.3.4 'avoid broken uffd merge on mremap'

@@ @@
 vma_merge_copied_range(...)
 {
 <...
- vma_has_uffd_without_event_remap(vmg->copied_from)
+ (vma_has_uffd_without_event_remap(vmg->copied_from) && !MUTANT(mremap_merges_registered))
 ...>
 }
