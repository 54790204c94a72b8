// SPDX-License-Identifier: GPL-2.0
// mutant: collapse-checks-once
// file: mm/khugepaged.c
// mistake: Collapsing looks for protected pages only before it takes the lock.
// caught-by: LC-COLLAPSE
// kind: past dd47ac428c3f
// luck: a protection between two looks of one collapse

@@ @@
 __collapse_huge_page_isolate(...)
 {
 <...
- pte_uffd(pteval)
+ (pte_uffd(pteval) && !MUTANT(collapse_checks_once))
 ...>
 }
