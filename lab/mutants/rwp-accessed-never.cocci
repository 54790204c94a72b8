// SPDX-License-Identifier: GPL-2.0
// mutant: rwp-accessed-never
// file: fs/proc/task_mmu.c
// sites: 2
// mistake: The scan never reports a huge PMD as accessed.
// caught-by: RW-ACCESSED
// kind: slip

@@ @@
 pagemap_thp_category(...)
 {
 <...
- if (userfaultfd_rwp(vma))
+ if (userfaultfd_rwp(vma) && !MUTANT(rwp_accessed_never))
 	categories |= PAGE_IS_ACCESSED;
 ...>
 }
