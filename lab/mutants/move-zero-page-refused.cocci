// SPDX-License-Identifier: GPL-2.0
// mutant: move-zero-page-refused
// file: mm/userfaultfd.c
// mistake: UFFDIO_MOVE refuses zero pages.
// caught-by: FI-MOVE
// kind: past 6.8 'handle zeropage moves by UFFDIO_MOVE'

@@ expression list es; @@
 move_pages_ptes(...)
 {
 <...
- ret = move_zeropage_pte(es);
+ ret = MUTANT(move_zero_page_refused) ? -EBUSY : move_zeropage_pte(es);
 ...>
 }
