// SPDX-License-Identifier: GPL-2.0
// mutant: fork-swap-keeps
// file: mm/memory.c
// mistake: A child without registration inherits the bit on swapped pages.
// caught-by: LC-FORK PM-BIT57
// kind: past 5.8.8 'fixup copying of soft dirty and uffd ptes'

@@ @@
 copy_nonpresent_pte(...)
 {
 <...
- !userfaultfd_protected(dst_vma)
+ (!userfaultfd_protected(dst_vma) && !MUTANT(fork_swap_keeps))
 ...>
 }
