// SPDX-License-Identifier: GPL-2.0
// mutant: mprotect-marks-holes
// file: mm/mprotect.c
// mistake: mprotect of a registered mapping protects its unpopulated pages.
// caught-by: LC-MPROTECT WP-RANGE-EXACT
// kind: slip

@@ @@
 change_pte_range(...)
 {
 <...
- likely(!uffd_wp)
+ likely(!uffd_wp && !(userfaultfd_wp(vma) && MUTANT(mprotect_marks_holes)))
 ...>
 }
