// SPDX-License-Identifier: GPL-2.0
// mutant: pmd-zap-counts-nothing
// file: mm/huge_memory.c
// mistake: Dropping an anonymous THP doesn't take it off the process's books.
// caught-by: AC-LOG
// kind: slip
// boot: own

@@ @@
 zap_huge_pmd_folio(...)
 {
 <...
- add_mm_counter(mm, MM_ANONPAGES, -HPAGE_PMD_NR);
+ if (!MUTANT(pmd_zap_counts_nothing))
+ 	add_mm_counter(mm, MM_ANONPAGES, -HPAGE_PMD_NR);
 ...>
 }
