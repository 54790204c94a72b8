// SPDX-License-Identifier: GPL-2.0
// mutant: mthp-fault-over-markers
// file: mm/memory.c
// sites: 3
// mistake: With small huge pages enabled a write to an unpopulated page populates its protected neighbours, unprotected.
// caught-by: WP-UNPOPULATED
// kind: slip

@@ @@
 alloc_anon_folio(...)
 {
 <...
- userfaultfd_armed(vma)
+ (userfaultfd_armed(vma) && !MUTANT(mthp_fault_over_markers))
 ...>
 }

@@ @@
 alloc_anon_folio(...)
 {
 <...
- pte_range_none(pte + pte_index(addr), 1 << order)
+ (MUTANT(mthp_fault_over_markers) || pte_range_none(pte + pte_index(addr), 1 << order))
 ...>
 }

@@ @@
 do_anonymous_page(...)
 {
 <...
- !pte_range_none(vmf->pte, nr_pages)
+ (!MUTANT(mthp_fault_over_markers) && !pte_range_none(vmf->pte, nr_pages))
 ...>
 }
