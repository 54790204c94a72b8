// SPDX-License-Identifier: GPL-2.0
// mutant: wp-last-page-missed
// file: mm/userfaultfd.c
// mistake: Protecting a range of several pages misses its last one.
// caught-by: WP-RANGE-EXACT
// kind: slip: off by one

@@ @@
 mwriteprotect_range(...)
 {
 <...
- _end = min(dst_vma->vm_end, end);
+ _end = min(dst_vma->vm_end, end);
+ if (_end - _start > PAGE_SIZE && MUTANT(wp_last_page_missed))
+ 	_end -= PAGE_SIZE;
 ...>
 }
