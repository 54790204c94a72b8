// SPDX-License-Identifier: GPL-2.0
// mutant: wp-error-swallowed
// file: mm/userfaultfd.c
// mistake: UFFDIO_WRITEPROTECT that ran out of memory half-way claims success.
// caught-by: IF-ERRORS
// kind: past 6.3 'detect pgtable allocation failures'

@@ @@
 mwriteprotect_range(...)
 {
 <...
- err = uffd_wp_range(dst_vma, _start, _end - _start, enable_wp);
+ err = uffd_wp_range(dst_vma, _start, _end - _start, enable_wp);
+ if (MUTANT(wp_error_swallowed))
+ 	err = 0;
 ...>
 }
