// SPDX-License-Identifier: GPL-2.0
// mutant: pmd-mremap-keeps-wp
// file: mm/huge_memory.c
// mistake: mremap without the remap event leaves the bit on moved PMDs.
// caught-by: LC-MREMAP PM-BIT57
// kind: past 0cef0bb836e3

@@ @@
 move_huge_pmd(...)
 {
 <...
- vma_has_uffd_without_event_remap(vma)
+ (vma_has_uffd_without_event_remap(vma) && !MUTANT(pmd_mremap_keeps_wp))
 ...>
 }
