// SPDX-License-Identifier: GPL-2.0
// mutant: mremap-keeps-markers
// file: mm/mremap.c
// mistake: mremap without the remap event moves the markers of unpopulated pages along.
// caught-by: LC-MREMAP PM-BIT57
// kind: past 0cef0bb836e3

@@ @@
 move_ptes(...)
 {
 <...
- pte_is_uffd_wp_marker(pte)
+ (pte_is_uffd_wp_marker(pte) && !MUTANT(mremap_keeps_markers))
 ...>
 }
