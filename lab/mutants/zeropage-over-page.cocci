// SPDX-License-Identifier: GPL-2.0
// mutant: zeropage-over-page
// file: mm/userfaultfd.c
// mistake: UFFDIO_ZEROPAGE onto an existing page claims success.
// caught-by: FI-ZERO
// kind: slip

@@ @@
 mfill_atomic_pte_zeropage(...)
 {
 <...
- ret = -EEXIST;
+ ret = MUTANT(zeropage_over_page) ? 0 : -EEXIST;
 ...>
 }
