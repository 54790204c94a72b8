// SPDX-License-Identifier: GPL-2.0
// mutant: fork-child-keeps
// file: mm/memory.c
// mistake: A child without registration inherits the bit on present pages.
// caught-by: LC-FORK PM-BIT57
// kind: past 5.7 'drop _PAGE_UFFD_WP properly when fork'

@@ @@
 __copy_present_ptes(...)
 {
 <...
- pte = pte_clear_uffd(pte);
+ if (!MUTANT(fork_child_keeps))
+ 	pte = pte_clear_uffd(pte);
 ...>
 }
