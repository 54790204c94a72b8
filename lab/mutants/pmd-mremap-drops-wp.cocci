// SPDX-License-Identifier: GPL-2.0
// mutant: pmd-mremap-drops-wp
// file: mm/huge_memory.c
// mistake: mremap with the remap event takes the protection off moved PMDs.
// caught-by: LC-MREMAP
// kind: slip

@@ @@
 move_huge_pmd(...)
 {
 <...
- vma_has_uffd_without_event_remap(vma)
+ (vma_has_uffd_without_event_remap(vma) || MUTANT(pmd_mremap_drops_wp))
 ...>
 }
