// SPDX-License-Identifier: GPL-2.0
// mutant: mthp-batch-ignores-bit
// file: mm/internal.h
// mistake: Entries of one large folio count as alike whether protected or not: all of a batch get what the first had.
// caught-by: LC-FORK LC-MPROTECT
// kind: slip

@@ @@
 __pte_batch_clear_ignored(...)
 {
 ...
- return pte_mkold(pte);
+ if (MUTANT(mthp_batch_ignores_bit))
+ 	pte = pte_clear_uffd(pte);
+ return pte_mkold(pte);
 }
