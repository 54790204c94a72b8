// SPDX-License-Identifier: GPL-2.0
// mutant: pmd-unshare-delivers
// file: mm/memory.c
// mistake: An unshare fault on a protected huge-zero PMD delivers a write event.
// caught-by: HZ-UNSHARE EV-ONE
// kind: slip

@@ @@
 wp_huge_pmd(...)
 {
 <...
- !unshare
+ (!unshare || MUTANT(pmd_unshare_delivers))
 ...>
 }
