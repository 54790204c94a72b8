// SPDX-License-Identifier: GPL-2.0
// mutant: continue-wakes-nobody
// file: mm/userfaultfd.c
// mistake: UFFDIO_CONTINUE fills a page and leaves those who wait for it asleep.
// caught-by: FI-CONTINUE-WP EV-MISSING-MIX
// kind: slip

@@ @@
 userfaultfd_continue(...)
 {
 <...
- !(uffdio_continue.mode & UFFDIO_CONTINUE_MODE_DONTWAKE)
+ !(uffdio_continue.mode & UFFDIO_CONTINUE_MODE_DONTWAKE) && !MUTANT(continue_wakes_nobody)
 ...>
 }
