// SPDX-License-Identifier: GPL-2.0
// mutant: fault-fills-neighbours
// file: mm/memory.c
// mistake: With small huge pages enabled a write to one protected unpopulated page populates its neighbours, too.
// caught-by: WP-UNPOPULATED EV-ONE
// kind: slip

@@ @@
 alloc_anon_folio(...)
 {
 <...
- userfaultfd_armed(vma)
+ (userfaultfd_armed(vma) && !MUTANT(fault_fills_neighbours))
 ...>
 }
