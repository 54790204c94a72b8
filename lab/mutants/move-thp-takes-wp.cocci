// SPDX-License-Identifier: GPL-2.0
// mutant: move-thp-takes-wp
// file: mm/huge_memory.c
// mistake: UFFDIO_MOVE of a protected THP carries the bit along.
// caught-by: FI-MOVE
// kind: slip

@@ @@
 move_pages_huge_pmd(...)
 {
 <...
- _dst_pmd = pmd_mkwrite(pmd_mkdirty(_dst_pmd), dst_vma);
+ _dst_pmd = pmd_mkwrite(pmd_mkdirty(_dst_pmd), dst_vma);
+ if (pmd_uffd(src_pmdval) && MUTANT(move_thp_takes_wp))
+ 	_dst_pmd = pmd_mkuffd(_dst_pmd);
 ...>
 }
