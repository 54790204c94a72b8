// SPDX-License-Identifier: GPL-2.0
// mutant: race-copy-no-recheck
// file: mm/memory.c
// mistake: A write fault that copied a page, or the zero page, maps its copy without asking whether the entry is still the one that it copied.
// caught-by: WP-NO-LOST-WRITE WP-PERSISTS AC-LOG
// kind: slip
// luck: two faults on one page at the same moment

@@ statement S1, S2; @@
 wp_page_copy(...)
 {
 ... when any
 if (likely(
- vmf->pte && pte_same(ptep_get(vmf->pte), vmf->orig_pte)
+ vmf->pte && (pte_same(ptep_get(vmf->pte), vmf->orig_pte) || MUTANT(race_copy_no_recheck))
 )) S1 else S2
 ... when any
 }
