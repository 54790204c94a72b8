// SPDX-License-Identifier: GPL-2.0
// mutant: move-loses-dirty
// file: mm/userfaultfd.c
// mistake: UFFDIO_MOVE of a base page forgets that it is dirty.
// caught-by: FI-MOVE
// kind: past 6.12.30 'correct dirty flags set for both present and swap pte'

@@ @@
 move_present_ptes(...)
 {
 <...
- pte_dirty(orig_src_pte)
+ pte_dirty(orig_src_pte) && !MUTANT(move_loses_dirty)
 ...>
 }
