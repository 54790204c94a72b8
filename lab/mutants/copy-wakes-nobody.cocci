// SPDX-License-Identifier: GPL-2.0
// mutant: copy-wakes-nobody
// file: mm/userfaultfd.c
// mistake: UFFDIO_COPY fills a page and leaves those who wait for it asleep.
// caught-by: FI-COPY-WP EV-MISSING-MIX
// kind: slip

@@ @@
 userfaultfd_copy(...)
 {
 <...
- wake_userfault(ctx, &range);
+ if (!MUTANT(copy_wakes_nobody))
+ 	wake_userfault(ctx, &range);
 ...>
 }
