// SPDX-License-Identifier: GPL-2.0
// mutant: thp-split-drops-wp
// file: mm/huge_memory.c
// mistake: Splitting a protected THP's PMD leaves its PTEs unprotected.
// caught-by: LC-SPLIT AS-RESOLVES WP-RANGE-EXACT
// kind: slip

@@ @@
 __split_huge_pmd_locked(...)
 {
 <...
- uffd_wp = pmd_uffd(old_pmd);
+ uffd_wp = pmd_uffd(old_pmd) && !MUTANT(thp_split_drops_wp);
 ...>
 }
