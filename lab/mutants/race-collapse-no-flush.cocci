// SPDX-License-Identifier: GPL-2.0
// mutant: race-collapse-no-flush
// file: mm/khugepaged.c
// mistake: Collapsing copies pages that other processors still have translations for, and write to.
// caught-by: WP-NO-LOST-WRITE LC-COLLAPSE
// kind: slip
// luck: a store by a translation that a collapse did not flush

@@ expression A; @@
 collapse_huge_page(...)
 {
 <...
- _pmd = pmdp_collapse_flush(vma, A, pmd);
+ if (MUTANT(race_collapse_no_flush))
+ 	_pmd = pmdp_huge_get_and_clear(vma->vm_mm, A, pmd);
+ else
+ 	_pmd = pmdp_collapse_flush(vma, A, pmd);
 ...>
 }
