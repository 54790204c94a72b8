// SPDX-License-Identifier: GPL-2.0
// mutant: clear-keeps-protection
// file: mm/userfaultfd.c
// mistake: Closing or unregistering leaves the protection behind.
// caught-by: EV-CLOSE LC-UNREGISTER
// kind: past c88033efe9a3

@@ @@
 userfaultfd_clear_vma(...)
 {
 <...
- userfaultfd_protected(vma)
+ (userfaultfd_protected(vma) && !MUTANT(clear_keeps_protection))
 ...>
 }
