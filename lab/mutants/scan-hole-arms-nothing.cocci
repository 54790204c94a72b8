// SPDX-License-Identifier: GPL-2.0
// mutant: scan-hole-arms-nothing
// file: fs/proc/task_mmu.c
// mistake: A scan reports an unpopulated page as written and doesn't arm it.
// caught-by: SC-WP-MATCHING SC-WP-NO-VEC WP-NO-LOST-WRITE
// kind: slip

@@ @@
 make_uffd_wp_pte(...)
 {
 <...
- set_pte_at(vma->vm_mm, addr, pte, make_pte_marker(PTE_MARKER_UFFD_WP));
+ if (!MUTANT(scan_hole_arms_nothing))
+ 	set_pte_at(vma->vm_mm, addr, pte, make_pte_marker(PTE_MARKER_UFFD_WP));
 ...>
 }
