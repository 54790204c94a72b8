// SPDX-License-Identifier: GPL-2.0
// mutant: copy-ignores-wp
// file: mm/userfaultfd.c
// mistake: UFFDIO_COPY with the WP flag maps the page unprotected.
// caught-by: FI-COPY-WP WP-POPULATE-KEEPS
// kind: slip

@@ @@
 userfaultfd_copy(...)
 {
 <...
 if (
- uffdio_copy.mode & UFFDIO_COPY_MODE_WP
+ (uffdio_copy.mode & UFFDIO_COPY_MODE_WP) && !MUTANT(copy_ignores_wp)
 ) { ... }
 ...>
 }
