// SPDX-License-Identifier: GPL-2.0
// mutant: scan-written-anywhere
// file: fs/proc/task_mmu.c
// sites: 2
// mistake: The scan reports present pages outside registered ranges as written.
// caught-by: PM-WRITTEN
// kind: slip: the older meaning

@@ @@
 pagemap_page_category(...)
 {
 <...
- if (userfaultfd_wp(vma))
+ if (userfaultfd_wp(vma) || (!userfaultfd_rwp(vma) && MUTANT(scan_written_anywhere)))
  	categories |= PAGE_IS_WRITTEN;
 ...>
 }
