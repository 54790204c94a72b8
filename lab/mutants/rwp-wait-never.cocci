// SPDX-License-Identifier: GPL-2.0
// mutant: rwp-wait-never
// file: mm/userfaultfd.c
// mistake: An access to a read-write protected page doesn't sleep but tries again and again.
// caught-by: RW-TRAPS
// kind: slip

@@ @@
 userfaultfd_must_wait(...)
 {
 <...
- pte_protnone(ptent)
+ (pte_protnone(ptent) && !MUTANT(rwp_wait_never))
 ...>
 }
