// SPDX-License-Identifier: GPL-2.0
// mutant: collapse-over-wp
// file: mm/khugepaged.c
// sites: 2
// mistake: Collapsing a range takes no notice of protected pages in it.
// caught-by: LC-COLLAPSE
// kind: past 5.7 'skip collapse if uffd-wp detected'

@@ @@
(
- pte_uffd(pteval)
+ (pte_uffd(pteval) && !MUTANT(collapse_over_wp))
)
