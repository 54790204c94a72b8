// SPDX-License-Identifier: GPL-2.0
// mutant: bit57-swap-missing
// file: fs/proc/task_mmu.c
// mistake: pagemap doesn't show the bit of protected swapped pages.
// caught-by: PM-BIT57 PM-AGREE LC-SWAP
// kind: slip

@@ @@
 pte_to_pagemap_entry(...)
 {
 <...
- pte_swp_uffd(pte)
+ (pte_swp_uffd(pte) && !MUTANT(bit57_swap_missing))
 ...>
 }
