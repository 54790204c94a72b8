// SPDX-License-Identifier: GPL-2.0
// mutant: move-zero-keeps-wp
// file: mm/huge_memory.c
// mistake: UFFDIO_MOVE of a protected huge-zero PMD carries the bit along.
// caught-by: FI-MOVE PM-BIT57
// kind: slip

@@ @@
 move_pages_huge_pmd(...)
 {
 <...
- _dst_pmd = clear_uffd_wp_pmd(_dst_pmd);
+ if (!MUTANT(move_zero_keeps_wp))
+ 	_dst_pmd = clear_uffd_wp_pmd(_dst_pmd);
 ...>
 }
