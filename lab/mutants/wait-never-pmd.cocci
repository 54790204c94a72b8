// SPDX-License-Identifier: GPL-2.0
// mutant: wait-never-pmd
// file: mm/userfaultfd.c
// mistake: A writer to a protected huge PMD doesn't sleep but tries again and again.
// caught-by: EV-ONE EV-CONTENT-HELD
// kind: slip
// boot: own

@@ @@
 userfaultfd_must_wait(...)
 {
 <...
- !pmd_write(_pmd)
+ (!pmd_write(_pmd) && !MUTANT(wait_never_pmd))
 ...>
 }
