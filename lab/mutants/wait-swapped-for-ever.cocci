// SPDX-License-Identifier: GPL-2.0
// mutant: wait-swapped-for-ever
// file: mm/userfaultfd.c
// mistake: A writer whose page was swapped out before it got to sleep takes the swap entry for a page to wait for.
// caught-by: EV-ALL-WAITERS LC-SWAP
// kind: past 6.12.96 'gate must_wait writability check on pte_present()'
// luck: swapping out between a fault and its sleep

@@ @@
 userfaultfd_must_wait(...)
 {
 <...
 if (
- !pte_present(ptent)
+ !pte_present(ptent) && !MUTANT(wait_swapped_for_ever)
 ) { ... }
 ...>
 }
