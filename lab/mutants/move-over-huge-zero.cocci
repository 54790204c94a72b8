// SPDX-License-Identifier: GPL-2.0
// mutant: move-over-huge-zero
// file: mm/userfaultfd.c
// mistake: UFFDIO_MOVE onto a huge-zero PMD says that it worked.
// caught-by: FI-MOVE HZ-SHARED-INTACT
// kind: slip

@@ @@
 move_pages(...)
 {
 <...
- err = -EEXIST;
+ err = -EEXIST;
+ if (is_huge_zero_pmd(dst_pmdval) && MUTANT(move_over_huge_zero)) {
+ 	err = 0;
+ 	moved = len;
+ }
 ...>
 }
