// SPDX-License-Identifier: GPL-2.0
// mutant: zeropage-wakes-nobody
// file: mm/userfaultfd.c
// mistake: UFFDIO_ZEROPAGE fills a page and leaves those who wait for it asleep.
// caught-by: FI-ZERO EV-MISSING-MIX
// kind: slip

@@ @@
 userfaultfd_zeropage(...)
 {
 <...
- !(uffdio_zeropage.mode & UFFDIO_ZEROPAGE_MODE_DONTWAKE)
+ !(uffdio_zeropage.mode & UFFDIO_ZEROPAGE_MODE_DONTWAKE) && !MUTANT(zeropage_wakes_nobody)
 ...>
 }
