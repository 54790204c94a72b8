// SPDX-License-Identifier: GPL-2.0
// mutant: hz-fault-no-recheck
// file: mm/huge_memory.c
// mistake: Two writers that race to a huge-zero PMD map a THP each: the second throws the first's write away.
// caught-by: WP-NO-LOST-WRITE EV-ALL-WAITERS HZ-SYNC-THP AC-LOG
// kind: slip
// luck: two first writes at the same moment

@@ @@
 do_huge_zero_wp_pmd(...)
 {
 <...
 if (unlikely(
- !pmd_same(pmdp_get(vmf->pmd), vmf->orig_pmd)
+ !pmd_same(pmdp_get(vmf->pmd), vmf->orig_pmd) && !MUTANT(hz_fault_no_recheck)
  )) goto release;
 ...>
 }
