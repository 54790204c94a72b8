// SPDX-License-Identifier: GPL-2.0
// mutant: pmd-move-no-soft-dirty
// file: mm/huge_memory.c
// mistake: A THP that mremap or UFFDIO_MOVE has moved is not soft-dirty.
// caught-by: SC-MASKS LC-MREMAP FI-MOVE
// kind: slip

@@ @@
 move_soft_dirty_pmd(...)
 {
 <...
- pmd_mksoft_dirty(pmd)
+ (MUTANT(pmd_move_no_soft_dirty) ? pmd : pmd_mksoft_dirty(pmd))
 ...>
 }
