// SPDX-License-Identifier: GPL-2.0
// mutant: scan-hole-unwritten
// file: fs/proc/task_mmu.c
// mistake: The scan's generic path doesn't report an unpopulated page of a registered range as written.
// caught-by: PM-WRITTEN PM-AGREE LC-ZAP
// kind: past 6.12.103 'written state for unpopulated ptes'

@@ @@
 pagemap_page_category(...)
 {
 <...
 if (
- userfaultfd_wp(vma)
+ userfaultfd_wp(vma) && !MUTANT(scan_hole_unwritten)
 ) return PAGE_IS_WRITTEN;
 ...>
 }
