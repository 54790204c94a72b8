// SPDX-License-Identifier: GPL-2.0
// mutant: scan-pmd-hole-arms-nothing
// file: fs/proc/task_mmu.c
// mistake: A scan reports a range without page tables as written and doesn't arm it.
// caught-by: SC-WP-MATCHING SC-WP-NO-VEC WP-UNPOPULATED
// kind: slip

@@ @@
 pagemap_scan_pte_hole(...)
 {
 <...
- err = uffd_wp_range(vma, addr, end - addr, true);
+ err = MUTANT(scan_pmd_hole_arms_nothing) ? 0 : uffd_wp_range(vma, addr, end - addr, true);
 ...>
 }
