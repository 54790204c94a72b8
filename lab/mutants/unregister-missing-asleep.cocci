// SPDX-License-Identifier: GPL-2.0
// mutant: unregister-missing-asleep
// file: mm/userfaultfd.c
// mistake: Unregistering leaves those who wait for a missing page asleep.
// caught-by: EV-CLOSE LC-UNREGISTER
// kind: slip

@@ @@
 userfaultfd_unregister(...)
 {
 <...
- userfaultfd_missing(vma)
+ (userfaultfd_missing(vma) && !MUTANT(unregister_missing_asleep))
 ...>
 }
