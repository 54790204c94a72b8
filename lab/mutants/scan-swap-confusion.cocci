// SPDX-License-Identifier: GPL-2.0
// mutant: scan-swap-confusion
// file: fs/proc/task_mmu.c
// sites: 2
// mistake: The scan's fast paths take protected swapped pages and markers for written.
// caught-by: PM-AGREE PM-WRITTEN
// kind: past 19ff96365849

@@ @@
 pagemap_scan_pmd_entry(...)
 {
 <...
- pte_swp_uffd_any(ptent)
+ (pte_swp_uffd_any(ptent) && !MUTANT(scan_swap_confusion))
 ...>
 }
