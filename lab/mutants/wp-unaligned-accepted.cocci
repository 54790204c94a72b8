// SPDX-License-Identifier: GPL-2.0
// mutant: wp-unaligned-accepted
// file: mm/userfaultfd.c
// mistake: A range that starts inside a page is accepted, rounded down.
// caught-by: IF-ERRORS
// kind: slip

@@ @@
 userfaultfd_writeprotect(...)
 {
 <...
- ret = validate_range(ctx->mm, uffdio_wp.range.start, uffdio_wp.range.len);
+ if (MUTANT(wp_unaligned_accepted))
+ 	uffdio_wp.range.start &= PAGE_MASK;
+ ret = validate_range(ctx->mm, uffdio_wp.range.start, uffdio_wp.range.len);
 ...>
 }
