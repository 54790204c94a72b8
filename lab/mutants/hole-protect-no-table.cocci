// SPDX-License-Identifier: GPL-2.0
// mutant: hole-protect-no-table
// file: mm/mprotect.c
// mistake: Protecting skips unpopulated pages where no page table is there.
// caught-by: WP-UNPOPULATED PM-BIT57
// kind: slip

@@ @@
 pgtable_populate_needed(...)
 {
 <...
 return
- userfaultfd_wp_use_markers(vma)
+ userfaultfd_wp_use_markers(vma) && !MUTANT(hole_protect_no_table)
 ;
 ...>
 }
