// SPDX-License-Identifier: GPL-2.0
// mutant: move-pinned-livelock
// file: mm/userfaultfd.c
// mistake: UFFDIO_MOVE from a THP with extra references tries to split it for ever.
// caught-by: FI-MOVE
// kind: past 7.3.4 'MOVE livelock on large folio with extra references'
// boot: own

@@ @@
 move_pages_ptes(...)
 {
 <...
- ret == -EAGAIN
+ ret == -EAGAIN && !MUTANT(move_pinned_livelock)
 ...>
 }
