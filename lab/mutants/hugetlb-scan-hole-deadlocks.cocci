// SPDX-License-Identifier: GPL-2.0
// mutant: hugetlb-scan-hole-deadlocks
// file: fs/proc/task_mmu.c
// mistake: Arming a hugetlb hole without page table waits for the lock that the scan holds.
// caught-by: SC-WP-MATCHING
// kind: past 6.12.97 'self-deadlock in pagemap_scan_pte_hole()'
// boot: own

@@ @@
 pagemap_scan_pte_hole(...)
 {
 <...
- err = pagemap_scan_hugetlb_hole_wp(vma, addr, end);
+ err = MUTANT(hugetlb_scan_hole_deadlocks) ? uffd_wp_range(vma, addr, end - addr, true) :
+ 	pagemap_scan_hugetlb_hole_wp(vma, addr, end);
 ...>
 }
