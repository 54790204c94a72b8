// SPDX-License-Identifier: GPL-2.0
// mutant: fault-fills-neighbours
// file: mm/memory.c
// mistake: With small huge pages enabled a write to an unpopulated page of a guarded mapping populates its neighbours, too.
// caught-by: WP-UNPOPULATED
// kind: slip

@@ @@
 alloc_anon_folio(...)
 {
 <...
- userfaultfd_armed(vma)
+ (userfaultfd_armed(vma) && !MUTANT(fault_fills_neighbours))
 ...>
 }
