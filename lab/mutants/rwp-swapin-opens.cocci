// SPDX-License-Identifier: GPL-2.0
// mutant: rwp-swapin-opens
// file: mm/memory.c
// mistake: A read-write protected page comes back from swap accessible.
// caught-by: RW-PERSISTS RW-TRAPS
// kind: slip

@@ expression E; @@
 do_swap_page(...)
 {
 <...
 if (E && 
- userfaultfd_rwp(vma)
+ userfaultfd_rwp(vma) && !MUTANT(rwp_swapin_opens)
 ) { ... }
 ...>
 }
