// SPDX-License-Identifier: GPL-2.0
// mutant: hole-protect-skips
// file: mm/mprotect.c
// mistake: Protecting skips unpopulated pages where a page table is there.
// caught-by: WP-UNPOPULATED PM-BIT57
// kind: slip

@@ @@
 change_pte_range(...)
 {
 <...
- userfaultfd_wp_use_markers(vma)
+ (userfaultfd_wp_use_markers(vma) && !MUTANT(hole_protect_skips))
 ...>
 }
