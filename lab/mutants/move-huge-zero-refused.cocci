// SPDX-License-Identifier: GPL-2.0
// mutant: move-huge-zero-refused
// file: mm/huge_memory.c
// mistake: UFFDIO_MOVE refuses huge-zero PMDs.
// caught-by: FI-MOVE
// kind: past 6.8 'handle zeropage moves by UFFDIO_MOVE'

@@ @@
 move_pages_huge_pmd(...)
 {
 <...
- !is_huge_zero_pmd(src_pmdval)
+ (!is_huge_zero_pmd(src_pmdval) || MUTANT(move_huge_zero_refused))
 ...>
 }
