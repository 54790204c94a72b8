// SPDX-License-Identifier: GPL-2.0
// mutant: move-holes-refused
// file: mm/userfaultfd.c
// mistake: UFFDIO_MOVE stops at a hole of the source though it was allowed holes.
// caught-by: FI-MOVE
// kind: slip

@@ @@
 move_pages_ptes(...)
 {
 <...
- mode & UFFDIO_MOVE_MODE_ALLOW_SRC_HOLES
+ (mode & UFFDIO_MOVE_MODE_ALLOW_SRC_HOLES && !MUTANT(move_holes_refused))
 ...>
 }
