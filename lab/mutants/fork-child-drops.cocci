// SPDX-License-Identifier: GPL-2.0
// mutant: fork-child-drops
// file: mm/memory.c
// mistake: With the fork event the child's present pages arrive unprotected.
// caught-by: LC-FORK
// kind: past 5.14 'fix uffd-wp special cases for fork()'

@@ @@
 __copy_present_ptes(...)
 {
 <...
- userfaultfd_protected(dst_vma)
+ (userfaultfd_protected(dst_vma) && !MUTANT(fork_child_drops))
 ...>
 }
