// SPDX-License-Identifier: GPL-2.0
// mutant: race-huge-fault-no-recheck
// file: mm/huge_memory.c
// mistake: Two writers that race to an empty PMD map a huge page each: the second throws the first's write away.
// caught-by: WP-NO-LOST-WRITE
// kind: slip
// luck: two faults on one page at the same moment

@@ statement S1, S2; @@
 __do_huge_pmd_anonymous_page(...)
 {
 ... when any
 if (unlikely(
- !pmd_none(*vmf->pmd)
+ !pmd_none(*vmf->pmd) && !MUTANT(race_huge_fault_no_recheck)
 )) S1 else S2
 ... when any
 }
