// SPDX-License-Identifier: GPL-2.0
// mutant: continue-ignores-wp
// file: mm/userfaultfd.c
// mistake: UFFDIO_CONTINUE with the WP flag maps the page unprotected.
// caught-by: FI-CONTINUE-WP
// kind: slip

@@ @@
 userfaultfd_continue(...)
 {
 <...
 if (
- uffdio_continue.mode & UFFDIO_CONTINUE_MODE_WP
+ (uffdio_continue.mode & UFFDIO_CONTINUE_MODE_WP) && !MUTANT(continue_ignores_wp)
 ) { ... }
 ...>
 }
