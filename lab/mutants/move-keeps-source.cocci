// SPDX-License-Identifier: GPL-2.0
// mutant: move-keeps-source
// file: mm/userfaultfd.c
// mistake: UFFDIO_MOVE of a zero page leaves the source mapped.
// caught-by: FI-MOVE
// kind: slip

@@ @@
 move_zeropage_pte(...)
 {
 <...
- ptep_clear_flush(src_vma, src_addr, src_pte);
+ if (!MUTANT(move_keeps_source))
+ 	ptep_clear_flush(src_vma, src_addr, src_pte);
 ...>
 }
