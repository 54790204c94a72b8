// SPDX-License-Identifier: GPL-2.0
// mutant: copy-huge-no-eexist
// file: mm/userfaultfd.c
// mistake: UFFDIO_COPY onto a huge PMD takes it for a page table.
// caught-by: FI-COPY-WP FI-ZERO
// kind: past 71c186efc1b2

@@ @@
 mfill_establish_pmd(...)
 {
 <...
- pmd_leaf(dst_pmdval)
+ (pmd_leaf(dst_pmdval) && !MUTANT(copy_huge_no_eexist))
 ...>
 }
