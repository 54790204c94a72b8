// SPDX-License-Identifier: GPL-2.0
// mutant: rwp-accessed-swapped
// file: fs/proc/task_mmu.c
// mistake: The scan reports read-write protected swapped pages as accessed.
// caught-by: RW-ACCESSED
// kind: slip

@@ @@
 pagemap_page_category(...)
 {
 <...
- !pte_swp_uffd_any(pte)
+ (!pte_swp_uffd_any(pte) || (userfaultfd_rwp(vma) && MUTANT(rwp_accessed_swapped)))
 ...>
 }
