// SPDX-License-Identifier: GPL-2.0
// mutant: wp-any-mode-accepted
// file: mm/userfaultfd.c
// mistake: UFFDIO_WRITEPROTECT accepts modes that it doesn't know.
// caught-by: IF-ERRORS
// kind: slip

@@ @@
 userfaultfd_writeprotect(...)
 {
 <...
- uffdio_wp.mode & ~(UFFDIO_WRITEPROTECT_MODE_DONTWAKE | UFFDIO_WRITEPROTECT_MODE_WP)
+ ((uffdio_wp.mode & ~(UFFDIO_WRITEPROTECT_MODE_DONTWAKE | UFFDIO_WRITEPROTECT_MODE_WP)) &&
+  !MUTANT(wp_any_mode_accepted))
 ...>
 }
