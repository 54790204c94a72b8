// SPDX-License-Identifier: GPL-2.0
// mutant: partial-range-whole-pmd
// file: mm/mprotect.c
// mistake: Changing protection on a part of a huge PMD changes all of it.
// caught-by: WP-RANGE-EXACT HZ-SYNC-PARTIAL LC-SPLIT
// kind: slip

@@ @@
 change_pmd_range(...)
 {
 <...
- (next - addr != HPAGE_PMD_SIZE)
+ ((next - addr != HPAGE_PMD_SIZE) && !(cp_flags & MM_CP_UFFD_WP_ALL && MUTANT(partial_range_whole_pmd)))
 ...>
 }
