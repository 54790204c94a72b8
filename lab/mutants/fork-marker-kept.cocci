// SPDX-License-Identifier: GPL-2.0
// mutant: fork-marker-kept
// file: mm/memory.c
// mistake: A child without registration inherits the markers of unpopulated pages.
// caught-by: LC-FORK PM-BIT57
// kind: past 49d6d7fb6313

@@ @@
 copy_nonpresent_pte(...)
 {
 <...
- copy_pte_marker(entry, dst_vma)
+ (MUTANT(fork_marker_kept) ? softleaf_to_marker(entry) : copy_pte_marker(entry, dst_vma))
 ...>
 }
