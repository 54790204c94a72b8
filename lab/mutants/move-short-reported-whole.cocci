// SPDX-License-Identifier: GPL-2.0
// mutant: move-short-reported-whole
// file: mm/userfaultfd.c
// sites: 2
// mistake: A UFFDIO_MOVE that stopped half-way says that it moved all.
// caught-by: FI-MOVE
// kind: slip

@@ @@
 userfaultfd_move(...)
 {
 <...
- range.len = ret;
+ if (MUTANT(move_short_reported_whole) && put_user(uffdio_move.len, &user_uffdio_move->move))
+ 	return -EFAULT;
+ range.len = MUTANT(move_short_reported_whole) ? uffdio_move.len : ret;
 ...>
 }
