// SPDX-License-Identifier: GPL-2.0
// mutant: move-takes-wp
// file: mm/userfaultfd.c
// mistake: UFFDIO_MOVE of a protected base page carries the bit along.
// caught-by: FI-MOVE
// kind: slip

@@ @@
 move_present_ptes(...)
 {
 <...
- orig_dst_pte = pte_mkwrite(orig_dst_pte, dst_vma);
+ orig_dst_pte = pte_mkwrite(orig_dst_pte, dst_vma);
+ if (pte_uffd(orig_src_pte) && MUTANT(move_takes_wp))
+ 	orig_dst_pte = pte_mkuffd(orig_dst_pte);
 ...>
 }
