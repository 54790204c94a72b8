// SPDX-License-Identifier: GPL-2.0
// mutant: shmem-protect-keeps-huge
// file: mm/mprotect.c
// mistake: UFFDIO_WRITEPROTECT protects a huge page of a file as a whole; the first write's split forgets that.
// caught-by: EV-ONE WP-RANGE-EXACT
// kind: past 5.19 'allow uffd wr-protection of none pte for file-backed mem', without the split that it needs

@@ expression E; @@
 pgtable_split_needed(...)
 {
- return (E) && !vma_is_anonymous(vma);
+ return (E) && !vma_is_anonymous(vma) && !MUTANT(shmem_protect_keeps_huge);
 }
