// SPDX-License-Identifier: GPL-2.0
// mutant: move-wakes-nobody
// file: mm/userfaultfd.c
// mistake: UFFDIO_MOVE fills a page and leaves those who wait for it asleep.
// caught-by: FI-MOVE EV-MISSING-MIX
// kind: slip

@@ @@
 userfaultfd_move(...)
 {
 <...
- !(uffdio_move.mode & UFFDIO_MOVE_MODE_DONTWAKE)
+ !(uffdio_move.mode & UFFDIO_MOVE_MODE_DONTWAKE) && !MUTANT(move_wakes_nobody)
 ...>
 }
