// SPDX-License-Identifier: GPL-2.0
// mutant: wp-one-page-more
// file: mm/userfaultfd.c
// mistake: Protecting a range protects the page behind it, too.
// caught-by: WP-RANGE-EXACT
// kind: slip: off by one

@@ @@
 mwriteprotect_range(...)
 {
 <...
- _end = min(dst_vma->vm_end, end);
+ _end = min(dst_vma->vm_end, end + (MUTANT(wp_one_page_more) ? PAGE_SIZE : 0));
 ...>
 }
