// SPDX-License-Identifier: GPL-2.0
// mutant: poison-over-page
// file: mm/userfaultfd.c
// mistake: UFFDIO_POISON onto an existing page claims success.
// caught-by: FI-POISON
// kind: slip

@@ @@
 mfill_atomic_pte_poison(...)
 {
 <...
- ret = -EEXIST;
+ ret = MUTANT(poison_over_page) ? 0 : -EEXIST;
 ...>
 }
