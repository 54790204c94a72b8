// SPDX-License-Identifier: GPL-2.0
// mutant: collapse-over-markers
// file: mm/khugepaged.c
// sites: 2
// mistake: Collapsing a range of a file takes no notice of the markers of protected pages in it.
// caught-by: LC-COLLAPSE
// kind: past 5.19 'do not recycle vma pgtable if uffd-wp registered'

@@ @@
(
- userfaultfd_protected(vma)
+ (userfaultfd_protected(vma) && !MUTANT(collapse_over_markers))
)
