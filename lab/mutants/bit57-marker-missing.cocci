// SPDX-License-Identifier: GPL-2.0
// mutant: bit57-marker-missing
// file: fs/proc/task_mmu.c
// mistake: pagemap doesn't show the bit of protected unpopulated pages.
// caught-by: PM-BIT57 PM-AGREE
// kind: slip

@@ @@
 pte_to_pagemap_entry(...)
 {
 <...
- softleaf_is_uffd_wp_marker(entry)
+ (softleaf_is_uffd_wp_marker(entry) && !MUTANT(bit57_marker_missing))
 ...>
 }
