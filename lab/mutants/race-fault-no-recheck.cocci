// SPDX-License-Identifier: GPL-2.0
// mutant: race-fault-no-recheck
// file: mm/memory.c
// mistake: Two writers that race to an empty page map one each: the second throws the first's write away.
// caught-by: WP-NO-LOST-WRITE AC-LOG
// kind: slip
// luck: two faults on one page at the same moment

@@ statement S1, S2; @@
 do_anonymous_page(...)
 {
 ... when any
 if (
- nr_pages == 1 && vmf_pte_changed(vmf)
+ nr_pages == 1 && vmf_pte_changed(vmf) && !MUTANT(race_fault_no_recheck)
 ) S1 else S2
 ... when any
 }
